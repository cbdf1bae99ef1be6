from django.urls import include, path

urlpatterns = [
    path("", include("chungtay.office.reports.report_urls")),
    path("", include("chungtay.office.reports.story_urls")),
]
