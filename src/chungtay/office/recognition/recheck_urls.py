"""Addresses of claims checked again."""

from django.urls import URLPattern, path

from chungtay.office.recognition import (
    recheck_files,
    recheck_form,
    recheck_gaps,
    recheck_plan,
    recheck_sample,
    rechecks,
)

_HERE = "dia-ban/<key:place_id>/kiem-tra-lai"
_SAMPLE = "kiem-tra-lai/mau/<key:sample_id>"

urlpatterns: list[URLPattern] = [
    path(f"{_HERE}/", rechecks.rechecks, name="rechecks"),
    path(f"{_HERE}/lap/", recheck_plan.plan, name="plan_recheck"),
    path(f"{_HERE}/chenh-lech/", recheck_gaps.gaps, name="recheck_gaps"),
    path(f"{_HERE}/chenh-lech.pdf", recheck_files.gaps_paper, name="recheck_gaps_paper"),
    path(f"{_SAMPLE}/", recheck_sample.sample, name="recheck_sample"),
    path(f"{_SAMPLE}/danh-sach.tsv", recheck_files.population, name="recheck_population"),
    path(f"{_SAMPLE}/thu-tu.txt", recheck_files.drawn, name="recheck_drawn"),
    path(f"{_SAMPLE}/phieu-<key:place_id>.pdf", recheck_files.paper, name="recheck_paper"),
    path("kiem-tra-lai/rut-lai.py", recheck_files.script, name="recheck_script"),
    path("kiem-tra-lai/phieu/<key:form_id>/", recheck_form.form, name="recheck_form"),
    path("kiem-tra-lai/phieu/<key:form_id>/tep/", recheck_form.send, name="recheck_files"),
]
