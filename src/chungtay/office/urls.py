from django.contrib.auth import views as auth
from django.urls import path, register_converter
from django.urls.converters import IntConverter

from chungtay.office import criteria, entry, founding, laws, places, verdicts
from chungtay.office.desk import annex_columns, annex_measures, annexes, drafts

app_name = "office"


class KeyConverter(IntConverter):
    """A row's number, as far as a database can count."""

    regex = "[0-9]{1,18}"


register_converter(KeyConverter, "key")

urlpatterns = [
    path("", places.home, name="home"),
    path("dang-nhap/", auth.LoginView.as_view(template_name="office/sign_in.html"), name="sign_in"),
    path("dang-xuat/", auth.LogoutView.as_view(), name="sign_out"),
    path("dia-ban/", places.search, name="places"),
    path("dia-ban.csv", places.search_sheet, name="places_sheet"),
    path("dia-ban/<key:place_id>/", places.place, name="place"),
    path("dia-ban/<key:place_id>/them/", founding.add, name="add_place"),
    path("dia-ban/<key:place_id>/so-do/<slug:measure>/", verdicts.figure_history, name="figure_history"),
    path("dia-ban/<key:place_id>/<slug:code>.csv", verdicts.sheet, name="sheet"),
    path("dia-ban/<key:place_id>/<slug:code>/vi-sao/", verdicts.why, name="why"),
    path("dia-ban/<key:place_id>/<slug:code>/vi-sao/<str:indicator>/", verdicts.why, name="why_indicator"),
    path("dia-ban/<key:place_id>/<slug:code>/chot/", verdicts.freeze, name="freeze"),
    path("dia-ban/<key:place_id>/<slug:code>/tieu-chi/<str:number>/", criteria.criterion, name="criterion"),
    path("dia-ban/<key:place_id>/<slug:code>/tieu-chi/<str:number>/nhap/", entry.enter, name="enter"),
    path("dia-ban/<key:place_id>/<slug:code>/tieu-chi/<str:number>/thu/", entry.preview, name="preview"),
    path("dia-ban/<key:place_id>/<slug:code>/tieu-chi/<str:number>/cong-bo/", criteria.state, name="state"),
    path("danh-gia/<key:assessment_id>/", verdicts.assessment, name="assessment"),
    path("soan-luat/", drafts.drafts_list, name="drafts"),
    path("soan-luat/<key:draft_id>/", drafts.draft, name="draft"),
    path("soan-luat/<key:draft_id>/phu-luc/", annexes.upload, name="annex"),
    path("soan-luat/phu-luc/<key:import_id>/bang/", annexes.table, name="annex_table"),
    path("soan-luat/phu-luc/<key:import_id>/cot/", annex_columns.columns, name="annex_columns"),
    path("soan-luat/phu-luc/<key:import_id>/so-do/", annex_measures.measures, name="annex_measures"),
    path("soan-luat/phu-luc/<key:import_id>/xem-truoc/", annexes.preview, name="annex_preview"),
    path("bo-tieu-chi/", laws.standards_list, name="standards"),
    path("bo-tieu-chi/<slug:code>/", laws.standard, name="standard"),
]
