from django.http import HttpResponse

from chungtay.portal.places_answers import Reader, for_all


@for_all
def works(reader: Reader, **asked: object) -> HttpResponse:
    return HttpResponse()


work = picture = works
