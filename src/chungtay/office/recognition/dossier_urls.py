from django.urls import path

from chungtay.office.recognition import (
    councils,
    dossier,
    dossier_checks,
    dossier_deeds,
    dossier_files,
    dossier_papers,
    dossiers,
)

urlpatterns = [
    path("dia-ban/<key:place_id>/cong-nhan/", dossiers.dossiers, name="dossiers"),
    path("dia-ban/<key:place_id>/cong-nhan/bang.<slug:form>", dossiers.sheet, name="dossiers_sheet"),
    path("dia-ban/<key:place_id>/cong-nhan/dang-ky/", dossiers.register, name="register_title"),
    path("dia-ban/<key:place_id>/cong-nhan/mo-ho-so/", dossiers.open_one, name="open_dossier"),
    path("dia-ban/<key:place_id>/cong-nhan/lich/", dossiers.calendar, name="dossier_calendar"),
    path("dang-ky/<key:registration_id>/gach/", dossiers.strike, name="strike_registration"),
    path("ho-so/<key:dossier_id>/", dossier.dossier, name="dossier"),
    path("ho-so/<key:dossier_id>/viec/<slug:step>/", dossier_deeds.take, name="dossier_step"),
    path("ho-so/<key:dossier_id>/ke/<slug:step>/", dossier_deeds.tell, name="dossier_tell"),
    path("ho-so/<key:dossier_id>/tra/<slug:step>/", dossier_deeds.send_back, name="dossier_back"),
    path("ho-so/<key:dossier_id>/rut/", dossier_deeds.withdraw, name="dossier_withdraw"),
    path("ho-so/<key:dossier_id>/quyet-dinh/", dossier_deeds.decide, name="dossier_decide"),
    path("ho-so/<key:dossier_id>/dieu-kien/<slug:gate>/", dossier_deeds.gate, name="dossier_gate"),
    path("ho-so/<key:dossier_id>/tieu-chi/", dossier_checks.criteria, name="dossier_criteria"),
    path("ho-so/<key:dossier_id>/tieu-chi/<slug:step>/", dossier_checks.check, name="dossier_check"),
    path("ho-so/<key:dossier_id>/giay/<slug:component>/", dossier_papers.paper, name="dossier_paper"),
    path("ho-so/<key:dossier_id>/giay/<slug:component>/lap/", dossier_papers.make, name="make_paper"),
    path("ho-so/<key:dossier_id>/giay/<slug:component>/tep/", dossier_papers.send, name="send_paper"),
    path("ho-so/giay/<key:version_id>.pdf", dossier_papers.download, name="dossier_paper_file"),
    path("ho-so/<key:dossier_id>/giay/<slug:component>/word/", dossier_files.word, name="dossier_paper_word"),
    path("ho-so/<key:dossier_id>/ca-bo/", dossier_files.whole, name="dossier_whole"),
    path("ho-so/<key:dossier_id>/ca-bo.pdf", dossier_files.whole_pdf, name="dossier_whole_pdf"),
    path("ho-so/<key:dossier_id>/muc-luc.<slug:form_of>", dossier_files.contents, name="dossier_contents"),
    path(
        "ho-so/<key:dossier_id>/giay-moi/<slug:step>.<slug:form_of>", dossier_files.call, name="dossier_call"
    ),
    path("ho-so/<key:dossier_id>/hoi-dong/", councils.call, name="call_council"),
    path("hoi-dong/<key:council_id>/", councils.council, name="council"),
]
