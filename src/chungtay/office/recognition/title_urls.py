"""Screens of titles and of keeping them."""

from django.urls import URLPattern, path

from chungtay.office.recognition import title_case, title_list, title_page, title_ranks, title_reviews

_PLACE = "dia-ban/<key:place_id>/"
_TITLE = "danh-hieu-cong-nhan/<key:title_id>/"
_REVIEW = "ra-soat-danh-hieu/<key:review_id>/"

urlpatterns: list[URLPattern] = [
    path(f"{_PLACE}danh-hieu-cong-nhan/", title_list.titles, name="titles"),
    path(f"{_PLACE}danh-hieu-nguy-co/", title_list.at_risk, name="titles_at_risk"),
    path(f"{_PLACE}thu-hang-danh-hieu/", title_ranks.ranks, name="title_ranks"),
    path(_TITLE, title_page.title, name="title"),
    path(f"{_TITLE}ra-soat/", title_reviews.write, name="review_title"),
    path(_REVIEW, title_reviews.review, name="title_review"),
    path(f"{_REVIEW}tep/", title_reviews.files, name="title_review_files"),
    path("thu-hoi-danh-hieu/<key:case_id>/", title_case.case, name="withdrawal_case"),
]
