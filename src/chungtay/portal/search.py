from django.http import HttpResponse

from chungtay.portal.places_answers import Reader, for_all


@for_all
def search(reader: Reader, **asked: object) -> HttpResponse:
    return HttpResponse()
