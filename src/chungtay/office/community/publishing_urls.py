"""Addresses of news, postings and requests to take a name off."""

from django.urls import URLPattern, URLResolver, path

from chungtay.office.community import publishing, publishing_postings, publishing_requests

_HERE = "dia-ban/<key:place_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{_HERE}/tin/", publishing.news, name="news"),
    path("tin-bai/<key:news_id>/", publishing.one, name="news_one"),
    path("tin-bai/<key:news_id>/tep/", publishing.send, name="news_files"),
    path(f"{_HERE}/niem-yet/", publishing_postings.postings, name="postings"),
    path("niem-yet/<key:posting_id>/", publishing_postings.one, name="posting"),
    path("niem-yet/<key:posting_id>/tep/", publishing_postings.send, name="posting_files"),
    path(
        "niem-yet/<key:posting_id>/bien-ban.<slug:form_of>", publishing_postings.paper, name="posting_paper"
    ),
    path(f"{_HERE}/rut-ten/", publishing_requests.requests, name="name_requests"),
    path("rut-ten/<key:request_id>/", publishing_requests.one, name="name_request"),
]
