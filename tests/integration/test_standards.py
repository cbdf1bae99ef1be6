"""Adopting the law: frozen with its digest, never changed, refused whole when it is not sound."""

import re
import shutil
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from chungtay.core.actors import SystemActor
from chungtay.core.models import AuditEvent
from chungtay.core.refusals import NotFound, NotPermitted, Refusal
from chungtay.figures import actions as figure_actions
from chungtay.figures import queries as figures
from chungtay.standards import actions, queries
from chungtay.standards.models import Measure, StandardVersion
from chungtay.territory.actions import found_place
from chungtay.territory.models import Level, Place, PlaceState
from chungtay.territory.names import written_forms
from rulebook import How, Lawbook, Verdict, read_law

MODEL = "xom-kieu-mau-thai-nguyen"

SYSTEM = SystemActor(label="Người dựng thử")
AT = datetime.fromisoformat("2026-03-01T08:00:00+07:00")
CEREMONY = date(2023, 5, 24)

pytestmark = pytest.mark.django_db


class Folder:
    """A law folder with one standard, the model hamlet, in which a test may rewrite what it is about."""

    def __init__(self, root: Path) -> None:
        self.root = root
        source = Path(settings.LAW_DIR)
        for name in ("measures.yaml", "instruments.yaml", "regions.yaml"):
            shutil.copy(source / name, root / name)
        shutil.copytree(source / "provinces/19/model-hamlet", root / "hamlet")

    def rewrite(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert len(re.findall(old, text)) == 1, f"{old!r} must stand once in {name}"
        path.write_text(re.sub(old, new, text), encoding="utf-8")

    def change_measure(self, code: str, old: str, new: str) -> None:
        self.rewrite("measures.yaml", rf"(- code: {code}\n(?:    .*\n)*?    ){old}", rf"\g<1>{new}")

    def drop_cases(self) -> None:
        """Without worked cases the law can be rewritten freely, but only `adopt` takes it."""
        shutil.rmtree(self.root / "hamlet/cases")

    def adopt(self) -> list[StandardVersion]:
        return actions.adopt_folder(by=SYSTEM, at=AT, folder=self.root)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture
def hamlet() -> int:
    """A hamlet of nowhere in particular."""
    nation = Place.objects.create(level=Level.NATION)
    PlaceState.objects.create(
        place=nation, name="Việt Nam", path=f"/{nation.pk}/", **written_forms("", "Việt Nam")
    )
    above = nation.pk
    for kind, name, level in (
        ("tỉnh", "Thái Nguyên", Level.PROVINCE),
        ("xã", "Vô Tranh", Level.COMMUNE),
        ("xóm", "Khe Cốc", Level.HAMLET),
    ):
        above = found_place(
            name=name, kind=kind, level=level, parent=above, valid_from=None, by=SYSTEM, at=AT
        ).id
    return above


# Adopted once


def test_adopting_freezes_each_standard_with_its_digest(folder: Folder) -> None:
    (row,) = folder.adopt()
    assert (row.code, row.version, row.edition) == (MODEL, "sample-1", 1)
    adopted = queries.adopted(MODEL)
    assert re.fullmatch(r"[0-9a-f]{64}", row.digest)
    assert adopted.standard.digest == adopted.view.digest == row.digest
    assert (len(adopted.standard.criteria), len(adopted.standard.indicators)) == (9, 19)


def test_what_was_adopted_is_read_from_the_freeze_and_not_from_the_folder(folder: Folder) -> None:
    folder.adopt()
    before = queries.adopted(MODEL).standard
    shutil.rmtree(folder.root)
    queries._thawed.cache_clear()
    assert queries.adopted(MODEL).standard == before


def test_adopting_again_is_a_no_op(folder: Folder, unchanged: Callable[..., Any]) -> None:
    folder.adopt()
    with unchanged():
        assert folder.adopt() == []


def test_adopting_writes_one_event_for_each_standard(law: Lawbook) -> None:
    rows = actions.adopt(by=SYSTEM, at=AT, book=law)
    events = AuditEvent.objects.filter(deed="standards.adopt").order_by("pk")
    assert [event.subject for event in events] == [f"standards.StandardVersion:{row.pk}" for row in rows]
    assert {event.actor_label for event in events} == {"Người dựng thử"}
    assert [event.detail["digest"] for event in events] == [row.digest for row in rows]


def test_the_whole_law_of_the_project_is_adopted_by_its_own_rules() -> None:
    adopted = actions.adopt_folder(by=SYSTEM, at=AT, folder=Path(settings.LAW_DIR))
    assert {row.code for row in adopted} >= {
        "xa-ntm-2021-2025",
        "xa-ntm-nang-cao-2021-2025",
        MODEL,
        "xom-thong-minh-thai-nguyen",
    }


def test_a_freeze_thaws_to_the_very_standard_that_was_read(law: Lawbook) -> None:
    actions.adopt(by=SYSTEM, at=AT, book=law)
    queries._thawed.cache_clear()
    for code, standard in law.standards.items():
        assert queries.adopted(code).standard == standard


# Written down again


def test_a_changed_text_of_the_same_version_becomes_edition_2(folder: Folder) -> None:
    (first,) = folder.adopt()
    folder.rewrite("hamlet/standard.yaml", "en: model new rural hamlet}", "en: model hamlet}")
    (second,) = folder.adopt()
    assert (second.version, second.edition) == (first.version, 2)
    assert second.digest != first.digest
    assert queries.adopted(MODEL).view.label == "sample-1.2"
    (only,) = queries.versions(code=MODEL)
    assert only.edition == 2


def test_an_old_assessment_still_reads_edition_1(folder: Folder, hamlet: int) -> None:
    (first,) = folder.adopt()
    entry = figure_actions.Entry("poor_households", Decimal(0), figures.Period.day(CEREMONY))
    figure_actions.record(by=SYSTEM, at=AT, place_id=hamlet, entries=[entry])
    given: dict[str, Any] = {
        "by": SYSTEM,
        "at": AT,
        "place_id": hamlet,
        "standard_code": MODEL,
        "figures_on": CEREMONY,
    }
    old = figure_actions.freeze_assessment(purpose="Trước khi sửa", **given)
    folder.rewrite("hamlet/standard.yaml", "en: model new rural hamlet}", "en: model hamlet}")
    folder.adopt()
    new = figure_actions.freeze_assessment(purpose="Sau khi sửa", **given)
    assert figures.assessment(old.pk).version.label == "sample-1"
    assert figures.assessment(new.pk).version.label == "sample-1.2"
    assert queries.by_id(first.pk).standard.title.en == "model new rural hamlet"
    assert [view.intact for view in figures.assessments(hamlet)] == [True, True]


def test_a_changed_threshold_judges_anew_and_the_frozen_judgement_stays(folder: Folder, hamlet: int) -> None:
    folder.adopt()
    entry = figure_actions.Entry("cultural_families_share", "87", figures.Period.day(CEREMONY))
    figure_actions.record(by=SYSTEM, at=AT, place_id=hamlet, entries=[entry])
    before = figures.judge_place(hamlet, MODEL, on=CEREMONY).finding.indicator("4.2").verdict
    frozen = figure_actions.freeze_assessment(
        by=SYSTEM, at=AT, place_id=hamlet, standard_code=MODEL, figures_on=CEREMONY, purpose="Trước khi sửa"
    )
    folder.drop_cases()
    threshold = r"(measure: cultural_families_share, at_least: )\d+"
    asked = "100" if before is Verdict.MET else "50"
    folder.rewrite("hamlet/criteria/04-van-hoa.yaml", threshold, rf"\g<1>{asked}")
    actions.adopt(by=SYSTEM, at=AT, book=read_law(folder.root))
    after = figures.judge_place(hamlet, MODEL, on=CEREMONY).finding.indicator("4.2").verdict
    assert {before, after} == {Verdict.MET, Verdict.NOT_MET}
    assert figures.assessment(frozen.pk).finding.indicator("4.2").verdict is before


# What a measure's numbers mean never changes


@pytest.mark.parametrize(
    ("code", "key", "old", "new"),
    [
        ("households", "unit", r"unit: \{vi: hộ, en: households\}", "unit: {vi: nhà, en: houses}"),
        ("households", "kind", "kind: count", "kind: number"),
        ("concrete_road_length", "decimals", "decimals: 3", "decimals: 2"),
    ],
)
def test_a_measure_whose_stored_numbers_would_lose_their_meaning_is_refused(
    folder: Folder, unchanged: Callable[..., Any], code: str, key: str, old: str, new: str
) -> None:
    folder.adopt()
    folder.change_measure(code, old, new)
    with unchanged(), pytest.raises(Refusal) as refused:
        folder.adopt()
    (sentence,) = refused.value.of_field(code)
    assert f"Số đo “{code}” đổi “{key}”" in sentence and "Hãy đặt mã mới" in sentence


def test_a_measure_may_be_worded_better(folder: Folder) -> None:
    folder.adopt()
    folder.change_measure("households", r"name: \{vi: [^,]+,", "name: {vi: Số hộ trong thôn,")
    folder.adopt()
    assert queries.measure("households").name.vi == "Số hộ trong thôn"


def test_how_a_measure_combines_may_be_settled_later_without_a_new_edition(
    folder: Folder,
) -> None:
    folder.adopt()
    assert queries.measure("poor_households").combines.how is How.SUM
    folder.rewrite(
        "measures.yaml",
        r"(- code: poor_households\n(?:    .*\n)*?    combines: )sum",
        r"\g<1>not_additive",
    )
    assert folder.adopt() == []
    assert queries.measure("poor_households").combines.how is How.NOT_ADDITIVE


def test_an_unknown_measure_is_not_found(folder: Folder) -> None:
    folder.adopt()
    with pytest.raises(NotFound, match="Không có số đo “no_such”"):
        queries.measure("no_such")


# Tampered with


def test_a_tampered_freeze_is_refused_with_a_sentence(folder: Folder) -> None:
    (row,) = folder.adopt()
    frozen = dict(row.frozen)
    frozen["name"] = {"vi": "Bộ tiêu chí khác", "en": "Another"}
    StandardVersion.objects.filter(pk=row.pk).update(frozen=frozen)
    queries._thawed.cache_clear()
    for read in (lambda: queries.adopted(MODEL), lambda: queries.by_id(row.pk)):
        with pytest.raises(Refusal, match="không khớp dấu số"):
            read()


# Which version


def test_an_unknown_standard_lists_those_there_are(folder: Folder) -> None:
    folder.adopt()
    with pytest.raises(NotFound, match=f"Các bộ đã áp dụng: {MODEL}"):
        queries.adopted("xa-ntm-1999")


def test_where_nothing_was_adopted_that_is_said() -> None:
    with pytest.raises(NotFound, match="chưa có bộ nào"):
        queries.adopted(MODEL)


def test_an_unknown_version_lists_those_there_are(folder: Folder) -> None:
    folder.adopt()
    with pytest.raises(NotFound, match=r"không có phiên bản “sample-9”\. Các phiên bản: sample-1"):
        queries.adopted(MODEL, version="sample-9")


def test_there_is_no_version_that_nobody_adopted() -> None:
    with pytest.raises(NotFound):
        queries.by_id(999_999)


def second_version(folder: Folder, version: str, start: str, end: str = "unknown") -> None:
    path = folder.root / "hamlet/standard.yaml"
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^version: .*$", f'version: "{version}"', text)
    text = re.sub(
        r"(?m)^in_force:\n  from: .*\n  to: .*\n", f"in_force:\n  from: {start}\n  to: {end}\n", text
    )
    path.write_text(text, encoding="utf-8")


def test_the_version_in_force_on_the_day_is_chosen(folder: Folder) -> None:
    second_version(folder, "2022-01-01", "2022-01-01", "2023-06-01")
    folder.adopt()
    second_version(folder, "2023-06-01", "2023-06-01")
    folder.adopt()
    chosen = {
        day: queries.adopted(MODEL, on=day).view.version
        for day in (date(2022, 1, 1), date(2023, 5, 31), date(2023, 6, 1), date(2025, 1, 1))
    }
    assert list(chosen.values()) == ["2022-01-01", "2022-01-01", "2023-06-01", "2023-06-01"]


def test_before_any_version_the_newest_judges_and_is_labelled(folder: Folder, hamlet: int) -> None:
    second_version(folder, "2022-01-01", "2022-01-01", "2023-06-01")
    folder.adopt()
    second_version(folder, "2023-06-01", "2023-06-01")
    folder.adopt()
    judged = figures.judge_place(hamlet, MODEL, on=date(2021, 5, 1))
    assert (judged.version.version, judged.retrospective) == ("2023-06-01", True)


def test_a_named_version_judges_whatever_the_day(folder: Folder, hamlet: int) -> None:
    second_version(folder, "2022-01-01", "2022-01-01", "2023-06-01")
    folder.adopt()
    second_version(folder, "2023-06-01", "2023-06-01")
    folder.adopt()
    judged = figures.judge_place(hamlet, MODEL, on=CEREMONY, version="2023-06-01")
    assert (judged.version.version, judged.retrospective) == ("2023-06-01", True)


def test_versions_stand_newest_first_and_one_of_unknown_date_last(folder: Folder) -> None:
    folder.adopt()
    second_version(folder, "2022-01-01", "2022-01-01", "2023-06-01")
    folder.adopt()
    second_version(folder, "2023-06-01", "2023-06-01")
    folder.adopt()
    assert [view.version for view in queries.versions(code=MODEL)] == ["2023-06-01", "2022-01-01", "sample-1"]


def test_a_province_s_own_set_is_offered_only_within_that_province(folder: Folder) -> None:
    folder.adopt()
    assert [view.code for view in queries.for_place("hamlet", frozenset({"19"}))] == [MODEL]
    assert queries.for_place("hamlet", frozenset({"20"})) == []
    assert queries.for_place("commune", frozenset({"19"})) == []


# Refused whole


def test_a_law_whose_cases_disagree_is_refused_whole(folder: Folder, unchanged: Callable[..., Any]) -> None:
    folder.rewrite(
        "hamlet/criteria/04-van-hoa.yaml", r"(measure: cultural_families_share, at_least: )\d+", r"\g<1>99"
    )
    with unchanged(), pytest.raises(Refusal) as refused:
        folder.adopt()
    assert "04-van-hoa.yaml" in str(refused.value) and "4.2" in str(refused.value)


def test_a_law_that_lacks_its_cases_is_refused_whole(folder: Folder, unchanged: Callable[..., Any]) -> None:
    folder.drop_cases()
    with unchanged(), pytest.raises(Refusal, match="thiếu ví dụ") as refused:
        folder.adopt()
    assert len(refused.value.faults) >= 19, "every problem is told, not just the first"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("hamlet/criteria/05-thu-nhap.yaml", "criterion: ["),
        (
            "hamlet/criteria/05-thu-nhap.yaml",
            'criterion: "5"\nname: {vi: Thu nhập, en: Income}\nindicators: 3\n',
        ),
        ("measures.yaml", "measures: &a [*a]\n"),
        ("measures.yaml", ""),
    ],
)
def test_a_law_that_does_not_read_is_refused_with_the_file_and_the_line(
    folder: Folder, unchanged: Callable[..., Any], name: str, text: str
) -> None:
    (folder.root / name).write_text(text, encoding="utf-8")
    with unchanged(), pytest.raises(Refusal) as refused:
        folder.adopt()
    assert Path(name).name in str(refused.value)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path, unchanged: Callable[..., Any]) -> None:
    with unchanged(), pytest.raises(Refusal):
        actions.adopt_folder(by=SYSTEM, at=AT, folder=tmp_path / "none")


# Who may


@pytest.mark.parametrize("role", ["hamlet_head", "commune_officer", "auditor"])
def test_only_offices_adopt_the_law(folder: Folder, unchanged: Callable[..., Any], role: str) -> None:
    by = SystemActor(label="Ai đó", role=role)
    with unchanged(), pytest.raises(NotPermitted, match="không được áp dụng bộ tiêu chí"):
        actions.adopt_folder(by=by, at=AT, folder=folder.root)


def test_a_measure_is_kept_as_it_was_written(folder: Folder) -> None:
    folder.adopt()
    assert Measure.objects.get(pk="households").definition["unit"]["vi"] == "hộ"
    assert queries.measures()["households"] == queries.measure("households")


# Provinces fill in what the centre leaves to them

ADVANCED = "xa-ntm-nang-cao-2021-2025"
OVERLAY = """\
overlay: xa-ntm-nang-cao-2021-2025
province: "{province}"
version: "thu"
in_force: {{from: 2022-06-01, to: open, provenance: found}}
instruments: [{{id: qd-318-2022}}]
sources: [{{id: P01, title: Quyết định của tỉnh để thử}}]
fills:
  - {{indicator: "2.1", threshold: {threshold}, clause: Điều 2, provenance: {{threshold: found, sources: [P01]}}}}
"""


@pytest.fixture
def communes(hamlet: int) -> dict[str, int]:
    """A commune in province 20 and one in province 19, where the hamlet above lies."""
    nation = PlaceState.objects.get(name="Việt Nam").place_id
    made = {}
    for code, province, commune in (("19", "Bắc Thái", "Phú Xuyên"), ("20", "Lạng Sơn", "Quảng Lạc")):
        above = found_place(
            name=province,
            kind="tỉnh",
            level=Level.PROVINCE,
            parent=nation,
            valid_from=None,
            by=SYSTEM,
            at=AT,
        ).id
        PlaceState.objects.filter(place_id=above).update(official_code=code)
        made[code] = found_place(
            name=commune, kind="xã", level=Level.COMMUNE, parent=above, valid_from=None, by=SYSTEM, at=AT
        ).id
    return made


def law_with_overlays(root: Path, **thresholds: int) -> Lawbook:
    folder = root / "law"
    shutil.copytree(Path(settings.LAW_DIR), folder)
    for province, threshold in thresholds.items():
        path = folder / "provinces" / province[1:] / "overlays"
        path.mkdir(parents=True)
        text = OVERLAY.format(province=province[1:], threshold=threshold)
        (path / "nang-cao.yaml").write_text(text, encoding="utf-8")
    return read_law(folder)


def test_a_commune_is_judged_by_what_its_own_province_filled_in(
    tmp_path: Path, communes: dict[str, int]
) -> None:
    actions.adopt(by=SYSTEM, at=AT, book=law_with_overlays(tmp_path, p19=70, p20=90))
    on = date(2023, 12, 31)
    judged = {code: figures.judge_place(place, ADVANCED, on=on) for code, place in communes.items()}
    assert {code: each.version.province for code, each in judged.items()} == {"19": "19", "20": "20"}
    asked = {
        code: {leaf.threshold for leaf in each.finding.indicator("2.1").walk() if leaf.kind == "compare"}
        for code, each in judged.items()
    }
    assert asked == {"19": {"70"}, "20": {"90"}}
    before = figures.judge_place(communes["20"], ADVANCED, on=date(2022, 4, 1))
    assert before.version.province == ""  # the province had not yet decided


def test_where_no_province_is_meant_the_national_text_is(tmp_path: Path, communes: dict[str, int]) -> None:
    actions.adopt(by=SYSTEM, at=AT, book=law_with_overlays(tmp_path, p20=90))
    elsewhere = figures.judge_place(communes["19"], ADVANCED, on=date(2023, 12, 31))
    assert (elsewhere.version.province, queries.adopted(ADVANCED).view.province) == ("", "")
    offered = {view.code: view.province for view in queries.for_place("commune", frozenset({"20"}))}
    assert offered[ADVANCED] == "20" and offered["xa-ntm-2021-2025"] == ""


def test_every_version_of_a_standard_is_adopted_not_only_the_newest(folder: Folder) -> None:
    second_version(folder, "2022-01-01", "2022-01-01", "2023-06-01")
    shutil.copytree(folder.root / "hamlet", folder.root / "hamlet-2")
    second_version(folder, "2023-06-01", "2023-06-01")
    assert sorted(row.version for row in folder.adopt()) == ["2022-01-01", "2023-06-01"]
    assert folder.adopt() == []
