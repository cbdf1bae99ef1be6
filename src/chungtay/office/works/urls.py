"""Screens of works, from the need to the upkeep."""

from django.urls import URLPattern, path

from chungtay.office.works import lists, page, photos, report

_LIST = "dia-ban/<key:place_id>/cong-trinh/"
_WORK = "cong-trinh/<key:work_id>/"

urlpatterns: list[URLPattern] = [
    path(_LIST, lists.works, name="works"),
    path(f"{_LIST}bang.<slug:form>", lists.sheet, name="works_sheet"),
    path(f"{_LIST}tien-do/", lists.gantt, name="works_gantt"),
    path(f"{_LIST}ban-do/", lists.places_map, name="works_map"),
    path(f"{_LIST}nguon-von/", lists.money, name="works_money"),
    path(f"{_LIST}de-xuat/", page.propose, name="propose_work"),
    path(_WORK, page.work, name="work"),
    path(f"{_WORK}bao-cao.<slug:form>", report.report, name="work_report"),
    path(f"{_WORK}anh/", photos.send, name="send_work_files"),
    path(f"{_WORK}nhat-ky/<key:entry_id>/gach/", page.strike, name="strike_diary"),
    path(f"{_WORK}thanh-toan/<key:payment_id>/huy/", page.undo, name="undo_payment"),
    path(f"{_WORK}giam-sat/<key:note_id>/tra-loi/", page.reply, name="reply_note"),
    path(f"{_WORK}ban-giam-sat/noi/", page.link_board, name="link_board"),
    path(f"{_WORK}<slug:slug>/", page.deed, name="work_deed"),
]
