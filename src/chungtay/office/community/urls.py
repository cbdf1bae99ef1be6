from django.urls import URLPattern, URLResolver, include, path

from chungtay.office.community import holding, households, meeting_papers, meetings, shares

urlpatterns: list[URLPattern | URLResolver] = [
    path("dia-ban/<key:place_id>/ho/", households.households, name="households"),
    path("dia-ban/<key:place_id>/ho/so-ho.csv", households.sheet, name="households_sheet"),
    path("dia-ban/<key:place_id>/ho/them/", households.add, name="add_household"),
    path("dia-ban/<key:place_id>/ho/xep/", households.place_divided, name="place_households"),
    path("dia-ban/<key:place_id>/ho/<key:household_id>/", households.household, name="household"),
    path("dia-ban/<key:place_id>/ho/<key:household_id>/viec/", households.deed, name="household_deed"),
    path("dia-ban/<key:place_id>/hop/", meetings.meetings, name="meetings"),
    path("dia-ban/<key:place_id>/hop/moi/", meetings.call, name="call_meeting"),
    path("dia-ban/<key:place_id>/hop/quyet-dinh-cu/", meetings.enter_decision, name="enter_decision"),
    path("dia-ban/<key:place_id>/hop/quyet-dinh.csv", meetings.decisions_sheet, name="decisions_sheet"),
    path("hop/<key:meeting_id>/", meetings.meeting, name="meeting"),
    path("hop/<key:meeting_id>/sua/", meetings.change, name="change_meeting"),
    path("hop/<key:meeting_id>/noi-dung/", meetings.add_item, name="add_item"),
    path("hop/<key:meeting_id>/diem-danh/", holding.roll, name="roll"),
    path("hop/<key:meeting_id>/noi-dung/<key:item_id>/ket-qua/", holding.votes, name="votes"),
    path("hop/<key:meeting_id>/noi-dung/<key:item_id>/cach-tinh/", shares.shares, name="shares"),
    path("hop/<key:meeting_id>/noi-dung/<key:item_id>/cach-tinh.csv", shares.sheet, name="shares_sheet"),
    path("hop/<key:meeting_id>/phieu/", holding.paper_ballots, name="ballots"),
    path("hop/<key:meeting_id>/phieu.pdf", meeting_papers.ballot_papers, name="ballot_papers"),
    path("hop/<key:meeting_id>/nguoi-ky/", holding.signatories, name="signatories"),
    path("hop/<key:meeting_id>/anh/", meetings.photos, name="meeting_photos"),
    path("hop/<key:meeting_id>/chot/", meetings.close, name="close_meeting"),
    path("hop/<key:meeting_id>/bien-ban.<slug:form_of>", meeting_papers.minutes, name="minutes"),
    path("hop/<key:meeting_id>/giay-moi.<slug:form_of>", meeting_papers.call_paper, name="call_paper"),
    path("cong-khai/hop/<uuid:uid>/", meeting_papers.public_call, name="public_call"),
    path("cong-khai/quyet-dinh/<uuid:uid>/", meeting_papers.public_decision, name="public_decision"),
    path("", include("chungtay.office.community.outreach_urls")),
    path("", include("chungtay.office.community.publishing_urls")),
]
