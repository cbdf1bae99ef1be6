from django.urls import URLPattern, URLResolver, path

from chungtay.portal import doors, limits, news, news_files, news_postings, requests, rights
from chungtay.ui import keys  # noqa: F401 - knows <key:…>

_HERE = "noi/<key:place_id>/"
_ITEM = "tin/<uuid:uid>/"
_FILE = f"{_ITEM}hinh/<key:picture_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("tin/", news.everywhere, name="news"),
    path(f"{_HERE}tin/", news.of_place, name="place_news"),
    path(_ITEM, news.item, name="news_item"),
    path(f"{_FILE}/<slug:size>.webp", news_files.picture, name="news_picture"),
    path(f"{_FILE}.video", news_files.video, name="news_video"),
    path(f"{_FILE}.vtt", news_files.spoken, name="news_spoken"),
    path(f"{_HERE}niem-yet/", news_postings.postings, name="postings"),
    path("sau-quyen/", rights.rights, name="rights"),
    path("gioi-han/", limits.limits, name="limits"),
    path("gop-y/", doors.feedback, name="feedback"),
    path("gop-y/phieu/", doors.ballot, name="open_ballot"),
    path("kiem-tra-giay/", doors.check_papers, name="check_papers"),
    path("xin-rut-ten/", requests.ask, name="take_name_off"),
    path("xin-rut-ten/theo-doi/", requests.follow, name="follow_name"),
]
