from collections.abc import Callable

from django.http import HttpResponse
from django.urls import path
from django.urls.resolvers import URLPattern

from chungtay.office.boards import days, heat, measures, overview, pair, trend
from chungtay.office.boards.asking import FORMS

app_name = "boards"


def _board(address: str, view: Callable[..., HttpResponse], name: str) -> list[URLPattern]:
    """The page of a board, and the same as a file of each form: the address with another ending."""
    page = path(f"{address}/" if address else "", view, name=name)
    files = [
        path(f"{address or 'tong-quan'}.{form}", view, {"form": form}, name=f"{name}_{form}")
        for form in FORMS
    ]
    return [page, *files]


urlpatterns = [
    *_board("", overview.overview, "overview"),
    *_board("bang", heat.heat, "heat"),
    *_board("tieu-chi/<str:number>", overview.criterion, "criterion"),
    path("so-do/", measures.measures, name="measures"),
    *_board("so-do/<slug:measure>", measures.measure, "measure"),
    *_board("qua-cac-nam", trend.trend, "trend"),
    *_board("hai-ngay", days.days, "days"),
    *_board("hai-noi", pair.pair, "pair"),
]
