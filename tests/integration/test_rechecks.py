"""Claims checked again: a sample nobody can steer, forms that tell no claim, a score, and corrections asked for."""

import re
import subprocess
import sys
import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from fractions import Fraction
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from tests.integration.evidence_samples import pdf

from chungtay.core.actors import SystemActor
from chungtay.core.models import AuditEvent
from chungtay.core.refusals import NotFound, NotPermitted, Refusal
from chungtay.evidence.actions import withdraw
from chungtay.evidence.models import File, Proof
from chungtay.figures import confirming
from chungtay.figures.actions import Entry, record, state_verdict
from chungtay.figures.models import Observation
from chungtay.office import rooms_waiting
from chungtay.people.models import Notice, Post
from chungtay.recognition.models import Recheck, RecheckForm, RecheckSample
from chungtay.recognition.rechecks import actions, gap_report, queries, repeat, scoring, views, waiting
from rulebook import Mark, Period, StatedGrade

HEAD, OFFICER, PROVINCE = "trưởng xóm Khe Cốc", "cán bộ Vô Tranh", "văn phòng Thái Nguyên"
SYSTEM = SystemActor(label="Người dựng thử")
YEAR = Period.year(2025)
START, END = date(2025, 1, 1), date(2025, 12, 31)
CAMERAS = "security_cameras"
FIGURES = {CAMERAS: 7, "households": 143, "concrete_road_length": "3,25"}


@pytest.fixture
def claimed(demo: Any, now: datetime) -> dict[str, Observation]:
    """Figures of Khe Cốc of 2025 that the head recorded and the commune confirmed, by measure."""
    entries = [Entry(code, str(value), YEAR) for code, value in FIGURES.items()]
    rows = record(by=demo.post(HEAD), at=now, place_id=demo.place("khe_coc"), entries=entries)
    confirming.confirm(by=demo.post(OFFICER), at=now, figure_ids=[row.pk for row in rows])
    return {row.measure_id: row for row in rows}


@pytest.fixture
def fix(demo: Any, now: datetime) -> Callable[..., RecheckSample]:
    def one(**more: Any) -> RecheckSample:
        given: dict[str, Any] = {
            "by": demo.post(PROVINCE),
            "at": now,
            "place_id": demo.place("khe_coc"),
            "start": START,
            "end": END,
            "seed_source": "Giải đặc biệt xổ số miền Bắc ngày 03/03/2026",
            "seed_on": date(2026, 3, 3),
        }
        return actions.fix_sample(**(given | more))

    return one


@pytest.fixture
def forms(claimed: Any, fix: Any, demo: Any, now: datetime) -> dict[str, RecheckForm]:
    """The forms of a drawn sample that took every claim, by measure."""
    sample = fix()
    actions.draw_sample(by=demo.post(PROVINCE), at=now + timedelta(days=1), sample_id=sample.pk, seed="41786")
    return {form.measure: form for form in RecheckForm.objects.filter(sample=sample)}


@pytest.fixture
def check(demo: Any, now: datetime) -> Callable[..., Recheck]:
    def one(form: RecheckForm, found: str = "", **more: Any) -> Recheck:
        given: dict[str, Any] = {
            "by": demo.post(PROVINCE),
            "at": now + timedelta(days=2),
            "form_id": form.pk,
            "found": found,
            "checked_on": date(2026, 3, 4),
        }
        return actions.recheck(**(given | more))

    return one


def sentences(deed: Callable[[], Any], kind: type[Refusal] = Refusal) -> str:
    with pytest.raises(kind) as refused:
        deed()
    return str(refused.value)


def stated_and_proved(claimed: dict[str, Observation], demo: Any, now: datetime) -> Proof:
    """Criterion 1 stated as met, criterion 2 as not, and a photograph for the cameras."""
    place = demo.place("khe_coc")
    for code, grade in (("1", StatedGrade.MET), ("2", StatedGrade.NOT_MET)):
        state_verdict(
            by=demo.post(OFFICER),
            at=now,
            place_id=place,
            standard_code="xom-kieu-mau-thai-nguyen",
            kind="criterion",
            code=code,
            grade=grade,
            on=date(2025, 6, 1),
            source="Báo cáo của xã",
        )
    file = File.objects.create(
        sha256="1" * 64, kind="jpeg", size=1, name="a.jpg", place_id=place, by_label="x", at=now
    )
    return Proof.objects.create(
        file=file, kind="figure", ref=str(claimed[CAMERAS].uid), label="7 camera", place_id=place,
        start=START, end=END, by_label="x", at=now,
    )  # fmt: skip


# The sample


def test_only_confirmed_figures_and_claimed_verdicts_and_their_files_are_claims(
    claimed: Any, demo: Any, now: datetime, fix: Any
) -> None:
    record(
        by=demo.post(HEAD),
        at=now,
        place_id=demo.place("khe_coc"),
        entries=[Entry("cameras_linked", "có", YEAR)],
    )
    stated_and_proved(claimed, demo, now)
    sample = fix()
    kinds = sorted(line.split(":")[0] for line in queries.population(sample.pk).decode().splitlines())
    assert kinds == ["evidence", "figure", "figure", "figure", "verdict"]
    assert b"7" not in [line.split(b"\t")[-1] for line in queries.population(sample.pk).splitlines()]


def test_the_sample_is_fixed_before_its_seed_can_be_known(
    fix: Any, claimed: Any, demo: Any, now: datetime
) -> None:
    assert "chỉ biết được sau hôm nay" in sentences(lambda: fix(seed_on=date(2026, 3, 2)))
    sample = fix()
    draw = {"by": demo.post(PROVINCE), "sample_id": sample.pk, "seed": "41786"}
    assert "mới có giá trị" in sentences(lambda: actions.draw_sample(at=now, **draw))
    assert "đang chờ hạt giống" in sentences(fix)
    actions.draw_sample(at=now + timedelta(days=1), **draw)
    assert actions.draw_sample(at=now + timedelta(days=1), **draw).seed == "41786"
    assert "không rút lại được" in sentences(
        lambda: actions.draw_sample(at=now + timedelta(days=2), **(draw | {"seed": "41787"}))
    )
    assert RecheckForm.objects.count() == 3


def test_anybody_can_repeat_the_drawing_with_the_published_file(
    forms: dict[str, RecheckForm], tmp_path: Path
) -> None:
    view = queries.sample(next(iter(forms.values())).sample_id)
    file = tmp_path / "danh-sach.tsv"
    file.write_bytes(queries.population(view.id))
    command = [sys.executable, "-I", repeat.__file__, str(file), view.seed, str(view.size)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert told == [f"sha256 {view.digest}", *queries.drawn(view.id)]


def test_every_office_of_every_place_is_drawn_from_before_any_is_drawn_from_twice() -> None:
    lines = [
        f"figure:{place}{office}{n}\t{place}\t{office}\n"
        for place in range(3)
        for office in ("a", "b")
        for n in range(40 if place == 0 else 2)
    ]
    population = "".join(sorted(lines)).encode()
    by_line = {line.split("\t")[0]: tuple(line.split()[1:]) for line in lines}
    drawn = repeat.draw(population, "41786", 12)
    assert len({by_line[key] for key in drawn[:6]}) == 6
    assert sorted(by_line[key] for key in drawn[6:]) == sorted(by_line[key] for key in drawn[:6])
    assert drawn != repeat.draw(population, "41787", 12)
    assert drawn != repeat.draw(population + b"verdict:x\t9\tb\n", "41786", 12)


def test_a_post_draws_below_its_own_place_and_never_among_its_own_claims(
    claimed: Any, fix: Any, demo: Any, now: datetime
) -> None:
    officer = demo.post(OFFICER)
    record(by=officer, at=now, place_id=officer.place_id, entries=[Entry("households", "2.000", YEAR)])
    sample = fix(by=officer, place_id=officer.place_id)
    places = {line.split("\t")[1] for line in queries.population(sample.pk).decode().splitlines()}
    assert places == {str(demo.place("khe_coc"))}
    head = demo.post(HEAD)
    assert "rút mẫu kiểm tra lại" in sentences(lambda: fix(by=head), NotPermitted)
    assert "nằm ngoài" in sentences(lambda: fix(by=demo.post("văn phòng Lạng Sơn")), NotPermitted)


def test_sending_a_sample_twice_is_once_and_nothing_to_check_is_refused(fix: Any, claimed: Any) -> None:
    uid = uuid.uuid4()
    assert fix(uid=uid).pk == fix(uid=uid).pk
    assert "chưa có số liệu nào được xác nhận" in sentences(
        lambda: fix(start=date(2019, 1, 1), end=date(2019, 12, 31))
    )
    assert "trước ngày đầu" in sentences(lambda: fix(start=END, end=START))


def test_a_sample_whose_seed_never_came_is_set_aside_in_public(
    fix: Any, claimed: Any, demo: Any, now: datetime
) -> None:
    sample = fix()
    who = {"by": demo.post(PROVINCE), "at": now, "sample_id": sample.pk}
    assert "lý do" in sentences(lambda: actions.set_aside(**who, reason=" "))
    actions.set_aside(**who, reason="Không mở thưởng ngày này")
    (view,) = queries.samples(demo.place("khe_coc"))
    assert (view.state, view.reason) == (views.SET_ASIDE, "Không mở thưởng ngày này")
    assert "đã bỏ" in sentences(lambda: actions.draw_sample(**who, seed="1"))
    assert fix().pk != sample.pk


# The check


def test_a_claim_is_told_only_after_it_was_checked(
    forms: dict[str, RecheckForm], check: Any, demo: Any
) -> None:
    form = forms[CAMERAS]
    seen = queries.form(form.pk, seen_by=demo.post(PROVINCE))
    assert (seen.claimed, seen.outcome, seen.unit) == ("", "", "camera")
    assert "7" not in f"{seen.subject} {seen.how}"
    check(form, "5")
    seen = queries.form(form.pk, seen_by=demo.post(PROVINCE))
    assert (seen.claimed, seen.checks[0].found) == ("7 camera", "5 camera")


def test_counts_agree_exactly_and_lengths_within_the_declared_part(
    forms: dict[str, RecheckForm], check: Any
) -> None:
    assert check(forms[CAMERAS], "7").outcome == "match"
    assert check(forms["households"], "142").outcome == "mismatch"
    assert check(forms["concrete_road_length"], "3,4").outcome == "match"
    road = forms["concrete_road_length"]
    assert check(road, "3,5", reason="đo sót một đoạn").outcome == "mismatch"


def test_nobody_checks_what_they_entered_confirmed_or_their_own_place(
    forms: dict[str, RecheckForm], check: Any, demo: Any
) -> None:
    form = forms[CAMERAS]
    assert "không được" in sentences(lambda: check(form, "7", by=demo.post(HEAD)), NotPermitted)
    assert "chính bạn làm" in sentences(lambda: check(form, "7", by=demo.post(OFFICER)), NotPermitted)
    sentences(lambda: check(form, "7", by=demo.post("cán bộ Quảng Lạc")), NotFound)
    province = demo.post(PROVINCE)
    Post.objects.create(
        user_id=province.user_id,
        role="hamlet_board",
        place_id=demo.place("khe_coc"),
        label="Thành viên Ban phát triển xóm",
        valid_from=date(2020, 1, 1),
        valid_to=date(2021, 1, 1),
    )
    assert "chính nơi này" in sentences(lambda: check(form, "7"), NotPermitted)
    assert not Recheck.objects.exists()


def test_a_mismatch_overwrites_nothing_tells_who_answers_and_says_what_it_changes(
    forms: dict[str, RecheckForm], claimed: Any, check: Any, demo: Any, now: datetime
) -> None:
    done = check(forms[CAMERAS], "3")
    row = claimed[CAMERAS]
    row.refresh_from_db()
    assert (row.scaled, Observation.objects.filter(supersedes=row).exists()) == (7, False)
    told = set(Notice.objects.filter(kind="recheck", ref=forms[CAMERAS].pk).values_list("post_id", flat=True))
    assert told > {demo.post(HEAD).pk, demo.post(OFFICER).pk}
    assert demo.post(PROVINCE).pk not in told
    assert any(each.startswith("xom-thong-minh-thai-nguyen") for each in done.changes)
    assert check(forms["households"], "150").changes == []
    assert waiting.waiting(demo.post(HEAD), date(2026, 3, 5)).wrong == 2
    record(
        by=demo.post(HEAD), at=now + timedelta(days=3), place_id=demo.place("khe_coc"),
        entries=[Entry(CAMERAS, "3", YEAR, reason="đếm lại")],
    )  # fmt: skip
    assert waiting.waiting(demo.post(HEAD), date(2026, 3, 5)).wrong == 1
    assert queries.form(forms[CAMERAS].pk, seen_by=demo.post(PROVINCE)).corrected


def test_a_verdict_and_a_file_are_checked_as_blindly_as_a_figure(
    claimed: Any, fix: Any, check: Any, demo: Any, now: datetime
) -> None:
    proof = stated_and_proved(claimed, demo, now)
    sample, province = fix(), demo.post(PROVINCE)
    actions.draw_sample(by=province, at=now + timedelta(days=1), sample_id=sample.pk, seed="41786")
    verdict, file = (RecheckForm.objects.get(sample=sample, kind=kind) for kind in ("verdict", "evidence"))
    for form in (verdict, file):
        page(demo.visit(PROVINCE), "recheck_form", form.pk)
        assert "7 camera" not in queries.form(form.pk, seen_by=province).subject
        assert "chọn một" in sentences(lambda form=form: check(form, "tốt"))
    done = check(verdict, "not_met")
    assert (done.outcome, done.changes) == ("mismatch", ["xom-kieu-mau-thai-nguyen 1"])
    (told,) = queries.form(verdict.pk, seen_by=province).checks[0].changes or ()
    assert re.fullmatch(r"1 \([^a-z].+\)", told)
    assert told in page(demo.visit(PROVINCE), "recheck_form", verdict.pk)
    done = check(file, "false")
    assert (done.outcome, done.changes) == ("mismatch", None)
    assert gap_report.gaps(demo.place("khe_coc")).whole.corrected == 0
    withdraw(by=demo.post(OFFICER), at=now, proof_id=proof.pk, reason="ảnh nơi khác")
    assert gap_report.gaps(demo.place("khe_coc")).whole.corrected == 1
    assert queries.form(file.pk, seen_by=province).corrected


def test_what_cannot_be_checked_says_why_and_is_no_mismatch(
    forms: dict[str, RecheckForm], check: Any, demo: Any
) -> None:
    form = forms[CAMERAS]
    assert "một trong hai" in sentences(lambda: check(form))
    assert "một trong hai" in sentences(lambda: check(form, "7", not_possible="mưa"))
    check(form, not_possible="Đường sạt lở, chưa vào được xóm")
    score = scoring.mismatch_of(demo.place("khe_coc"), on=date(2026, 3, 4))
    assert (score.claims, score.checked, score.impossible, score.waiting, score.share) == (3, 0, 1, 2, None)


def test_a_correction_says_why_and_what_was_entered_first_stays(
    forms: dict[str, RecheckForm], check: Any, demo: Any
) -> None:
    form, uid = forms[CAMERAS], uuid.uuid4()
    first = check(form, "3", uid=uid)
    assert check(form, "3", uid=uid).pk == first.pk
    assert "đã kiểm tra rồi" in sentences(lambda: check(form, "7"))
    check(form, "7", reason="bỏ sót bốn cái ở nhà văn hóa")
    seen = queries.form(form.pk, seen_by=demo.post(PROVINCE))
    assert [each.found for each in seen.checks] == ["7 camera", "3 camera"]
    assert seen.checks[0].reason
    assert scoring.mismatch_of(demo.place("khe_coc"), on=date(2026, 3, 4)).mismatched == 0


def test_bad_input_is_told_all_at_once(forms: dict[str, RecheckForm], check: Any, now: datetime) -> None:
    with pytest.raises(Refusal) as refused:
        check(forms[CAMERAS], "bảy rưỡi", checked_on=date(2026, 4, 1), mark=Mark.TOLD)
    assert {fault.field for fault in refused.value.faults} == {"found", "checked_on", "source"}
    assert "trước kỳ" in sentences(lambda: check(forms[CAMERAS], "7", checked_on=date(2024, 1, 1)))
    assert "đã thấy" in sentences(lambda: check(forms[CAMERAS], "7", mark=Mark.RECONSTRUCTED, source="x"))


# The score


def test_the_score_is_counted_by_office_at_every_place_above_and_sets_the_next_size(
    forms: dict[str, RecheckForm], check: Any, demo: Any, queries_of: Any
) -> None:
    check(forms[CAMERAS], "7")
    check(forms["households"], "120")
    day = date(2026, 3, 4)
    for place_id in (demo.place("khe_coc"), demo.post(OFFICER).place_id, demo.post(PROVINCE).place_id):
        score = scoring.mismatch_of(place_id, on=day)
        assert (score.claims, score.checked, score.mismatched, score.share) == (3, 2, 1, Fraction(1, 2))
        (office,) = score.offices
        assert (office.office, office.mismatched) == ("commune_officer", 1)
    assert scoring.mismatch_of(demo.place("khe_coc"), on=date(2026, 3, 2)).claims == 0
    assert scoring.mismatch_of(demo.place("khe_coc"), on=date(2028, 3, 4)).claims == 0
    assert scoring.mismatch_of(demo.place("quang_lac"), on=day).share is None
    assert scoring.plan(demo.place("khe_coc"), 100, on=day).size == 50
    assert scoring.plan(demo.place("quang_lac"), 100, on=day).size == 10
    assert queries_of(lambda: scoring.mismatch_of(demo.place("khe_coc"), on=day)) <= 4


def test_the_gap_report_counts_and_names_nobody(
    forms: dict[str, RecheckForm], check: Any, demo: Any, queries_of: Any
) -> None:
    check(forms[CAMERAS], "3")
    found = gap_report.gaps(demo.place("khe_coc"))
    assert (found.whole.claims, found.whole.checked, found.whole.mismatched, found.whole.changing) == (
        3,
        1,
        1,
        1,
    )
    assert sum(each.mismatched for each in found.by_criterion) == 1
    assert [each.label for each in found.by_place] == ["xóm Khe Cốc"]
    assert [each.label for each in found.by_office] == ["Cán bộ nông thôn mới cấp xã"]
    assert gap_report.gaps(demo.place("khe_coc"), year=2019).whole.share is None
    few = queries_of(lambda: gap_report.gaps(demo.place("khe_coc")))
    check(forms["households"], "120")
    assert queries_of(lambda: gap_report.gaps(demo.place("khe_coc"))) == few <= 11


def test_forms_are_read_in_a_fixed_number_of_queries(
    forms: dict[str, RecheckForm], check: Any, demo: Any, queries_of: Any
) -> None:
    check(forms[CAMERAS], "3")
    sample_id = forms[CAMERAS].sample_id
    few = queries_of(lambda: queries.forms(sample_id))
    check(forms["households"], "120")
    assert queries_of(lambda: queries.forms(sample_id)) == few <= 8
    assert queries_of(lambda: queries.samples(demo.place("khe_coc"))) <= 7
    post = demo.post(PROVINCE)
    assert queries_of(lambda: waiting.waiting(post, date(2026, 3, 5))) <= 3


def test_the_trail_tells_each_deed(forms: dict[str, RecheckForm], check: Any) -> None:
    check(forms[CAMERAS], "3")
    deeds = AuditEvent.objects.filter(deed__startswith="recognition.").order_by("pk")
    assert [each.deed for each in deeds][-3:] == [
        "recognition.fix_sample",
        "recognition.draw_sample",
        "recognition.recheck",
    ]


# Screens and papers


def page(client: Any, name: str, *args: int, query: str = "") -> str:
    answer = client.get(reverse(f"office:{name}", args=args) + query)
    assert answer.status_code == 200, name
    return unescape(answer.content.decode())


def test_a_sample_is_tried_fixed_and_drawn_on_screen(claimed: Any, demo: Any) -> None:
    client, place = demo.visit(PROVINCE), demo.place("khe_coc")
    assert "Từ ngày" in page(client, "plan_recheck", demo.place("quang_lac"))
    shown = page(client, "plan_recheck", place, query="?tu=01/01/2025&den=31/12/2025")
    assert "khai báo sẽ được rút trong 3" in shown
    assert "giả định" in shown
    assert "Kỳ này chưa có gì" in page(client, "plan_recheck", place, query="?tu=01/01/2019&den=31/12/2019")
    assert "không phải là một ngày" in page(client, "plan_recheck", place, query="?tu=x&den=31/12/2019")
    sent = {"viec": "chot", "start": "01/01/2025", "end": "31/12/2025", "seed_on": "01/01/2020"}
    address = reverse("office:plan_recheck", args=[place])
    refused = client.post(address + "?tu=01/01/2025&den=31/12/2025", sent)
    assert refused.status_code == 422
    assert "chỉ biết được sau hôm nay" in unescape(refused.content.decode())
    tomorrow = timezone.localdate() + timedelta(days=1)
    client.post(address, sent | {"seed_on": tomorrow.strftime("%d/%m/%Y"), "seed_source": "Xổ số"})
    sample = RecheckSample.objects.get()
    assert "nên chưa rút được" in page(client, "recheck_sample", sample.pk)


def test_no_page_no_file_and_no_paper_tells_a_claim_before_it_was_checked(
    forms: dict[str, RecheckForm], demo: Any, check: Any
) -> None:
    client, form = demo.visit(PROVINCE), forms["households"]
    sample = form.sample_id
    pages = [
        page(client, "recheck_form", form.pk),
        page(client, "recheck_sample", sample),
        page(client, "recheck_sample", sample, query="?tai=csv"),
        page(client, "recheck_population", sample),
        page(client, "recheck_drawn", sample),
    ]
    paper = client.get(reverse("office:recheck_paper", args=[sample, form.place_id])).content
    pages.append("".join(each.extract_text() for each in PdfReader(BytesIO(paper)).pages))
    assert "Phiếu kiểm tra lại".upper() in pages[-1]
    for shown in pages:
        assert not re.search(r"\b143\b|3,25", re.sub(r"[0-9a-f-]{36}|[0-9a-f]{64}", "", shown))
    assert client.post(reverse("office:recheck_form", args=[form.pk]), {"viec": "kiem"}).status_code == 422
    sent = {"viec": "kiem", "found": "120", "checked_on": "04/03/2026", "mark": "measured"}
    told = unescape(
        client.post(reverse("office:recheck_form", args=[form.pk]), sent, follow=True).content.decode()
    )
    assert "143 hộ" in told and "120 hộ" in told and "lệch" in told
    assert "143 hộ" in page(client, "recheck_sample", sample, query="?tt=mismatch")


def test_anybody_reads_samples_and_gaps_and_no_claim_and_no_post_that_checks(
    forms: dict[str, RecheckForm], demo: Any, check: Any, client: Any
) -> None:
    done = check(forms["households"], "120")
    sample, place = done.form.sample_id, demo.place("khe_coc")
    for shown in (page(client, "rechecks", place), page(client, "recheck_sample", sample)):
        assert "1/1" in shown
        assert "143 hộ" not in shown
    shown = page(client, "recheck_gaps", place)
    assert "Cán bộ nông thôn mới cấp xã" in shown
    assert done.by_label not in shown
    rows = page(client, "recheck_gaps", place, query="?tai=csv").splitlines()
    assert any("xóm Khe Cốc" in row and ";3;1;1;" in row.replace(",", ";") for row in rows)
    assert client.get(reverse("office:recheck_gaps_paper", args=[place])).content.startswith(b"%PDF")
    assert "def draw" in page(client, "recheck_script")
    assert "Chưa có khai báo nào" in page(client, "recheck_gaps", demo.place("quang_lac"))
    assert client.get(reverse("office:recheck_form", args=[done.form_id])).status_code == 302
    paper = reverse("office:recheck_paper", args=[sample, place])
    assert client.get(paper).status_code == 302
    assert demo.visit("cán bộ Quảng Lạc").get(paper).status_code == 404


def test_files_of_a_check_prove_the_check_and_pages_ask_no_more_for_more_checks(
    forms: dict[str, RecheckForm], demo: Any, check: Any, queries_of: Any
) -> None:
    client, form = demo.visit(PROVINCE), forms["households"]
    check(form, "120")
    few = [
        queries_of(lambda: page(client, "recheck_sample", form.sample_id)),
        queries_of(lambda: page(client, "recheck_form", form.pk)),
        queries_of(lambda: page(client, "rechecks", form.place_id)),
    ]
    check(forms[CAMERAS], "7")
    check(form, "121", reason="đếm lại")
    assert few == [
        queries_of(lambda: page(client, "recheck_sample", form.sample_id)),
        queries_of(lambda: page(client, "recheck_form", form.pk)),
        queries_of(lambda: page(client, "rechecks", form.place_id)),
    ]
    assert max(few) <= 45, few
    sent = {"files": SimpleUploadedFile("so-ho.pdf", pdf().getvalue())}
    client.post(reverse("office:recheck_files", args=[form.pk]), sent)
    assert Proof.objects.get(kind="recheck").ref == str(form.uid)
    assert "so-ho.pdf" in page(client, "recheck_form", form.pk)


def test_what_waits_and_what_was_found_otherwise_is_told_where_a_post_begins(
    forms: dict[str, RecheckForm], demo: Any, check: Any, now: datetime
) -> None:
    check(forms["households"], "120")

    def told(persona: str) -> list[str]:
        return [each.words for each in rooms_waiting.lines(demo.post(persona), now, date(2026, 3, 5))]

    assert "2 phiếu kiểm tra lại chờ kết quả" in told(PROVINCE)
    assert told(HEAD) == ["1 khai báo bị lệch khi kiểm tra lại, chờ sửa"]
    assert "lệch với khai báo" in unescape(demo.visit(HEAD).get(reverse("office:notices")).content.decode())
