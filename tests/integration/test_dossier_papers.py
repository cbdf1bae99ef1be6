"""Khe Cốc's dossier on paper: facts read from the records, every paper made, the whole bound in one file."""

import io
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from chungtay.core.actors import SystemActor
from chungtay.core.refusals import NotFound, Refusal
from chungtay.evidence import actions as evidence
from chungtay.recognition.dossiers import actions, cases, gathering, generating
from chungtay.recognition.dossiers.models import Dossier
from chungtay.recognition.dossiers.papers_held import subject_of
from paper import to_docx
from rulebook import Lawbook
from rulebook.loading.procedures import read_procedures

MODEL = "xom-kieu-mau-thai-nguyen"
SYSTEM = SystemActor(label="Người dựng thử")
ON = date(2023, 5, 24)


@pytest.fixture
def dossier(demo: Any, law: Lawbook, now: datetime) -> Dossier:
    procedures = read_procedures(Path(settings.LAW_DIR), law)
    actions.adopt(by=SYSTEM, at=now, procedures=procedures)
    return actions.open_dossier(
        by=demo.post("trưởng xóm Khe Cốc"), at=now, place_id=demo.place("khe_coc"), standard_code=MODEL, year=2023,
        opened_on=date(2022, 9, 1),
    )  # fmt: skip


def words(file: bytes) -> str:
    pages = PdfReader(io.BytesIO(file)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").split())


def test_what_the_papers_say_is_read_in_a_bounded_number_of_queries(demo: Any, dossier: Dossier) -> None:
    case = cases.read(dossier.pk)
    with CaptureQueriesContext(connection, ) as queries:
        facts = gathering.facts_of(case, ON, case.procedure.components)
    print(len(queries))
    assert facts.names.whole == "xóm Khe Cốc, xã Tức Tranh, huyện Phú Lương, tỉnh Thái Nguyên"
    print(facts)
    for code in case.procedure.components:
        try:
            for d in generating.documents_for(case, code, ON): open(f"/tmp/pp/g-{code}-{d.kind}.pdf","wb").write(generating.to_pdf(d,on=ON))
        except Refusal as e: print(code, e)
    open("/tmp/pp/whole.pdf","wb").write(generating.whole_file(dossier.pk, ON, seen_by=demo.post("trưởng xóm Khe Cốc")))
