from django.urls import include, path

urlpatterns = [
    path("", include("chungtay.office.recognition.dossier_urls")),
    path("", include("chungtay.office.recognition.survey_urls")),
    path("", include("chungtay.office.recognition.recheck_urls")),
    path("", include("chungtay.office.recognition.title_urls")),
    path("", include("chungtay.office.recognition.signing_urls")),
]
