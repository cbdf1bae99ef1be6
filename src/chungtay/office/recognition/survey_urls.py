from django.urls import URLPattern, path

from chungtay.office.recognition import survey, survey_ballot, survey_files, survey_slips

urlpatterns: list[URLPattern] = [
    path("dia-ban/<key:place_id>/hai-long/", survey.surveys, name="surveys"),
    path("hai-long/<key:survey_id>/", survey.survey, name="survey"),
    path("hai-long/<key:survey_id>/the/", survey_slips.slips, name="survey_slips"),
    path("hai-long/<key:survey_id>/the.pdf", survey_files.cards, name="survey_cards"),
    path("hai-long/<key:survey_id>/phieu.pdf", survey_files.blank_ballots, name="survey_blank_ballots"),
    path("hai-long/<key:survey_id>/nhap/<key:place_id>/", survey_slips.entry, name="survey_entry"),
    path("hai-long/<key:survey_id>/ket-qua.<slug:form_of>", survey_files.result, name="survey_result"),
    path("hai-long/the/<key:slip_id>/", survey_slips.slip, name="survey_slip"),
    path("phieu-hai-long/luu.js", survey_ballot.worker, name="survey_worker"),
    path("phieu-hai-long/<str:secret>/", survey_ballot.ballot, name="survey_ballot"),
]
