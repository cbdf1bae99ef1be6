"""Screens of periodic reports and their annex tables."""

from django.urls import URLPattern, path

from chungtay.office.reports import report, report_files, report_lists, report_public, report_tables

_REPORT = "bao-cao/<key:report_id>/"
_ANNEX = f"{_REPORT}bieu/<slug:annex>/"

urlpatterns: list[URLPattern] = [
    path("dia-ban/<key:place_id>/bao-cao/", report_lists.reports, name="reports"),
    path(_REPORT, report.report, name="report"),
    path(f"{_REPORT}muc/<slug:section>/", report.section, name="report_section"),
    path(f"{_REPORT}chot/", report.freeze, name="freeze_report"),
    path(f"{_REPORT}cong-khai/", report_public.publish, name="publish_report"),
    path(f"{_REPORT}dieu-chinh/", report_tables.adjustments, name="report_adjustments"),
    path(f"{_REPORT}bao-cao.<slug:form>", report_files.file, name="report_file"),
    path(_ANNEX, report_tables.annex, name="report_annex"),
    path(f"{_ANNEX}vi-sao/", report_tables.cell, name="report_cell"),
]
