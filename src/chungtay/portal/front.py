"""The page of the whole country: where a stranger arrives."""

from django.http import HttpResponse

from chungtay.portal.places import nation_page
from chungtay.portal.places_answers import Reader, for_all


@for_all
def nation(reader: Reader) -> HttpResponse:
    return nation_page(reader)
