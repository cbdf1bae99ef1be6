"""Addresses of what a place produces: its totals, a list for each kind of record, one record, the cultivation diary."""

from django.urls import URLPattern, URLResolver, path

from chungtay.office.registers import livelihood, livelihood_diary, livelihood_lists, livelihood_record
from chungtay.office.registers.livelihood_words import ROOMS
from chungtay.registers.livelihood.kinds import KINDS

_HERE = "dia-ban/<key:place_id>/san-xuat/"
_CODE = "san-xuat/ma-vung-trong/<key:code_id>/"
_RECORD = "san-xuat/<slug:register>/<key:record_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(_HERE, livelihood.livelihood, name="livelihood"),
    *(
        path(f"{_HERE}{kind.slug}/", livelihood_lists.listed, {"kind": code}, name=ROOMS[code])
        for code, kind in KINDS.items()
    ),
    path(f"{_CODE}nhat-ky/", livelihood_diary.diary, name="growing_diary"),
    path(f"{_CODE}<slug:growing_form>.pdf", livelihood_diary.paper, name="growing_paper"),
    path(_RECORD, livelihood_record.record, name="livelihood_record"),
    path(f"{_RECORD}tep/", livelihood_record.send, name="livelihood_files"),
]
