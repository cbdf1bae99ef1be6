"""Addresses of the import of an annex."""

from django.urls import path

from chungtay.office.desk import annex_columns, annex_measures, annexes

urlpatterns = [
    path("soan-luat/<key:draft_id>/phu-luc/", annexes.upload, name="annex"),
    path("soan-luat/phu-luc/<key:import_id>/bang/", annexes.table, name="annex_table"),
    path("soan-luat/phu-luc/<key:import_id>/cot/", annex_columns.columns, name="annex_columns"),
    path("soan-luat/phu-luc/<key:import_id>/so-do/", annex_measures.measures, name="annex_measures"),
    path("soan-luat/phu-luc/<key:import_id>/xem-truoc/", annexes.preview, name="annex_preview"),
]
