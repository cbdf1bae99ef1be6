from django.http import HttpResponse

from chungtay.portal.places_answers import Reader, for_all


@for_all
def recognised(reader: Reader, **asked: object) -> HttpResponse:
    return HttpResponse()


sheet = of_place = recognised
