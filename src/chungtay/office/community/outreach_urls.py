"""Addresses of outreach, campaigns, feedback, supervision, commendations, conventions and yearly titles."""

from django.urls import path

from chungtay.office.community import (
    campaigns,
    convention,
    feedback,
    honours,
    session,
    sessions,
    supervision,
    titles,
)

_HERE = "dia-ban/<key:place_id>"

urlpatterns = [
    path(f"{_HERE}/tuyen-truyen/", sessions.outreach, name="outreach"),
    path(f"{_HERE}/tap-huan/", sessions.training, name="training"),
    path("cuoc/<key:session_id>/", session.session, name="session"),
    path("cuoc/<key:session_id>/tep/", session.send, name="session_files"),
    path(f"{_HERE}/phong-trao/", campaigns.campaigns, name="campaigns"),
    path("phong-trao/<key:campaign_id>/", campaigns.campaign, name="campaign"),
    path(f"{_HERE}/gop-y/", feedback.published, name="feedback"),
    path(f"{_HERE}/gop-y/gui/", feedback.say, name="say"),
    path(f"{_HERE}/gop-y/theo-doi/", feedback.follow, name="follow"),
    path(f"{_HERE}/gop-y/xu-ly/", feedback.desk, name="feedback_desk"),
    path("gop-y/<key:feedback_id>/", feedback.one, name="feedback_one"),
    path(f"{_HERE}/giam-sat/", supervision.boards, name="supervision"),
    path("giam-sat/<key:board_id>/", supervision.board, name="board"),
    path(f"{_HERE}/khen-thuong/", honours.commendations, name="commendations"),
    path(f"{_HERE}/huong-uoc/", convention.conventions, name="convention"),
    path("huong-uoc/<key:convention_id>/", convention.version, name="convention_version"),
    path("huong-uoc/<key:convention_id>/tep/", convention.send, name="convention_files"),
    path(f"{_HERE}/danh-hieu-nam/", titles.titles, name="yearly_titles"),
]
