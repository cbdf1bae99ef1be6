"""Khe Cốc's dossier on paper: facts read from the records, every paper made, the whole bound in one file."""

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from chungtay.community.meetings import actions as meetings
from chungtay.core.actors import SystemActor
from chungtay.core.refusals import NotFound, Refusal
from chungtay.evidence import actions as evidence
from chungtay.recognition.dossiers import actions, cases, generating, queries
from chungtay.recognition.dossiers.gathering import facts_of
from chungtay.recognition.dossiers.models import Dossier
from chungtay.recognition.dossiers.papers_held import subject_of
from chungtay.recognition.procedures import adopting
from paper import Document, Paragraph, to_pdf
from rulebook import Lawbook, Mark
from rulebook.loading.procedures import read_procedures

MODEL = "xom-kieu-mau-thai-nguyen"
SYSTEM = SystemActor(label="Người dựng thử")
ON = date(2023, 5, 24)
MET = date(2023, 3, 10)


@pytest.fixture
def dossier(demo: Any, law: Lawbook, now: datetime) -> Dossier:
    """Chosen in 2022, met in the hamlet with 101 of 132 households in favour."""
    adopting.adopt(by=SYSTEM, at=now, procedures=read_procedures(Path(settings.LAW_DIR), law))
    row = actions.open_dossier(
        by=demo.post("trưởng xóm Khe Cốc"), at=now, place_id=demo.place("khe_coc"), standard_code=MODEL, year=2023,
        opened_on=date(2022, 9, 1),
    )  # fmt: skip
    told: dict[str, Any] = {
        "by": demo.post("cán bộ Vô Tranh"),
        "at": now,
        "dossier_id": row.pk,
        "source": "Hồ sơ của xã",
    }
    actions.tell_step(step="register", on=date(2022, 9, 1), **told)
    actions.tell_step(step="self_assess", on=date(2023, 3, 1), **told)
    counts = {"households": 132, "members": 132, "present": 108, "for": 101, "against": 7}
    actions.tell_step(step="hamlet_meeting", on=MET, counts=counts, **told)
    return row


@pytest.fixture
def words(dossier: Dossier) -> Callable[[str], str]:
    """What a component of the dossier says when it is made."""

    def said(component: str) -> str:
        papers = generating.documents_for(cases.read(dossier.pk), component, ON)
        return " ".join(str(paper) for paper in papers)

    return said


def test_the_facts_of_every_paper_take_a_bounded_number_of_queries(demo: Any, dossier: Dossier) -> None:
    case, head = cases.read(dossier.pk), demo.post("trưởng xóm Khe Cốc")
    facts_of(case, ON, case.procedure.components)  # what is remembered is remembered now
    with CaptureQueriesContext(connection) as few:
        facts_of(case, ON, ["results_report"])
    with CaptureQueriesContext(connection) as all_of_them:
        facts = facts_of(case, ON, case.procedure.components, seen_by=head)
    assert len(few) <= 25 and len(all_of_them) <= 70, (len(few), len(all_of_them))
    assert facts.names.whole == "xóm Khe Cốc, xã Tức Tranh, huyện Phú Lương, tỉnh Thái Nguyên"


def test_the_report_tells_figures_that_are_known_and_says_which_are_not(words: Callable[[str], str]) -> None:
    said = words("results_report")
    assert "100% số hộ (theo tài liệu)" in said and "8 năm (theo tài liệu)" in said
    assert "chưa có số liệu 6 tiêu chí" in said and "đạt 3/9 tiêu chí" in said
    assert "Bộ tiêu chí là bộ mẫu" in said and "theo câu chuyện được kể, chưa xác nhận" in said


def test_the_minutes_tell_where_they_met_the_counts_and_that_the_pass_mark_is_not_known(
    demo: Any, words: Callable[[str], str], now: datetime
) -> None:
    assert "('Địa điểm', '')" in words("hamlet_minutes")
    meetings.call(
        by=demo.post("trưởng xóm Khe Cốc"), at=now, place_id=demo.place("khe_coc"), title="Họp xóm",
        starts_at=datetime.fromisoformat("2023-03-10T19:30:00+07:00"), venue="Nhà văn hóa xóm",
        mark=Mark.TOLD, source="Sổ họp xóm",
    )  # fmt: skip
    said = words("hamlet_minutes")
    assert "19 giờ 30, ngày 10 tháng 3 năm 2023" in said and "('Địa điểm', 'Nhà văn hóa xóm')" in said
    assert "Có mặt 108 trên tổng số 132 hộ (81,82%)." in said and "'76,52%', '93,52%'" in said
    assert "Chưa biết mức phải đạt" in said and "Kết luận: chưa kết luận được." in said
    assert "day=datetime.date(2023, 3, 10)" in said


def test_every_component_is_made_or_refused_with_a_sentence(dossier: Dossier) -> None:
    case = cases.read(dossier.pk)
    for code in case.procedure.components:
        if code == "certificate":
            assert generating.paper_for(case, code, ON) is None
        else:
            made = generating.paper_for(case, code, ON)
            assert made is not None and made == generating.paper_for(case, code, ON)
    with pytest.raises(Refusal, match="Chưa biết ai có thẩm quyền"):
        generating.paper_for(case, "decision", date(2025, 6, 30) + timedelta(2))


def test_a_step_is_called_to_by_its_notice_or_its_invitation(demo: Any, dossier: Dossier) -> None:
    officer = demo.post("cán bộ Vô Tranh")
    kinds = [
        generating.call_of(dossier.pk, step, ON, seen_by=officer).kind
        for step in ("notice", "commune_meeting")
    ]
    assert kinds == ["Thông báo", "Giấy mời"]
    with pytest.raises(NotFound):
        generating.call_of(dossier.pk, "decide", ON, seen_by=officer)
    (name, word), *more = generating.word_of(dossier.pk, "commune_letter", ON, seen_by=officer)
    assert name == "Tờ trình.docx" and word.startswith(b"PK") and not more


def test_the_whole_file_is_one_pdf_of_what_is_held(demo: Any, dossier: Dossier, now: datetime) -> None:
    head, officer = demo.post("trưởng xóm Khe Cốc"), demo.post("cán bộ Vô Tranh")
    told: dict[str, Any] = {"at": now, "dossier_id": dossier.pk}
    for code in ("results_report", "hamlet_minutes"):
        actions.generate_paper(by=head, component=code, on=ON, **told)
    scan = to_pdf(Document((Paragraph("Báo cáo thẩm tra đã ký"),), kind="Báo cáo"), on=ON)
    kept = evidence.keep_file(
        by=officer, at=now, place_id=dossier.place_id, content=io.BytesIO(scan), name="tham-tra.pdf",
        proves=[subject_of(dossier)],
    )  # fmt: skip
    actions.attach_paper(by=officer, component="verification_report", file_id=kept.file_id, on=ON, **told)
    actions.locate_paper(
        by=officer,
        component="choice",
        name="05/TB-BCĐ",
        location="Tủ 2, UBND xã",
        on=date(2022, 9, 1),
        **told,
    )

    def whole() -> PdfReader:
        return PdfReader(io.BytesIO(generating.whole_file(dossier.pk, ON, seen_by=head)))

    file = whole()
    marks = [str(each.title) for each in file.outline if not isinstance(each, list)]
    assert marks[:4] == ["Bìa", "Danh mục thành phần hồ sơ", "1. Thông báo chọn xóm làm điểm",
                         "2. Báo cáo kết quả thực hiện các tiêu chí"]  # fmt: skip
    pages = [" ".join(page.extract_text().replace("\u200b", "").split()) for page in file.pages]
    whole_text = " ".join(pages)
    for view in queries.standing(dossier.pk, on=ON).components:
        if view.sha256:
            assert view.sha256[:16] in pages[1], view.component.code
    assert "Tệp đưa lên: tham-tra.pdf" in pages[1] and "Bản gốc giấy: Tủ 2, UBND xã" in pages[1]
    assert "Bản chụp trang 1/1 của tệp tham-tra.pdf" in whole_text
    assert "Theo số liệu: đạt 3/9 tiêu chí" in whole_text  # as text: it would be made the same today

    demo.record("model_gardens", "12")
    later = " ".join(page.extract_text().replace("\u200b", "") for page in whole().pages)
    assert "Bản chụp trang 1/" in later and "Báo cáo kết quả thực hiện các tiêu chí.pdf" in later

    with pytest.raises(NotFound):
        generating.whole_file(dossier.pk, ON, seen_by=demo.post("cán bộ Quảng Lạc"))
