"""A simulated nation in the database: marked everywhere, whole when stopped, and deaf to broken rows."""

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from chungtay.config.checks import check_simulated
from chungtay.core import notices
from chungtay.core.models import AuditEvent, SiteNotice
from chungtay.core.refusals import Refusal
from chungtay.demo.models import SimulatedBatch
from chungtay.demo.simulation import nation
from chungtay.demo.simulation.nation import HAMLET_STANDARDS, NOTICE, SOURCE, Report, Wishes, simulate
from chungtay.figures import queries as figures
from chungtay.figures.actions import Entry, record
from chungtay.figures.models import Observation
from chungtay.people import actions as people
from chungtay.territory import actions as territory_actions
from chungtay.territory import queries as territory
from chungtay.territory.models import Place, PlaceState
from rulebook import Mark, Period

from .conftest import BUILT_AT, SYSTEM

NOW = datetime.fromisoformat("2026-03-02T09:00:00+07:00")
SMALL = Wishes(years=(2024, 2025), hamlets=12, communes=4, provinces=("Lạng Sơn",))


@pytest.fixture(autouse=True)
def fresh_notices() -> Iterator[None]:
    notices.forget()
    yield
    notices.forget()


@pytest.fixture
def trying(demo: Any, settings: Any) -> Any:
    """The world of the stories, in demo mode."""
    settings.DEMO = True
    return demo


def run(wishes: Wishes = SMALL) -> Report:
    return simulate(wishes, at=NOW, say=lambda line: None)


def simulated() -> Any:
    return Observation.objects.filter(mark=Mark.SIMULATED)


def test_every_figure_and_every_hamlet_says_that_it_is_simulated(trying: Any) -> None:
    before = Observation.objects.count()
    report = run()
    assert report.written == Observation.objects.count() - before > 1000
    assert set(simulated().values_list("source", flat=True)) == {SOURCE}
    hamlets = PlaceState.objects.filter(source=SOURCE, place__level="hamlet")
    assert hamlets.values("place_id").distinct().count() == report.hamlets == 12
    assert all(code.startswith("MP-") for code in hamlets.values_list("official_code", flat=True))


def test_communes_have_figures_only_of_years_at_whose_end_they_lived(trying: Any) -> None:
    run()
    for place, start in simulated().values_list("place_id", "period_start").distinct():
        territory.as_of(place, date(start.year, 12, 31))
    assert {start.year for start in simulated().values_list("period_start", flat=True)} == {2024, 2025}


def test_simulated_places_are_judged_like_others_and_the_trace_bears_the_mark(trying: Any) -> None:
    run()
    hamlet = PlaceState.objects.filter(source=SOURCE, place__level="hamlet").first()
    assert hamlet is not None
    judged = figures.judge_place(hamlet.place_id, HAMLET_STANDARDS[0], on=date(2025, 12, 31))
    assert judged.counts.met + judged.counts.not_met > 0
    assert {leaf.mark for leaf in judged.finding.walk() if leaf.mark} == {"simulated"}


def test_the_same_wishes_again_write_nothing(trying: Any, unchanged: Callable[..., Any]) -> None:
    run()
    with unchanged():
        report = run()
    assert report.batches == report.batches_there > 0


def test_a_run_that_was_stopped_leaves_whole_batches_and_is_finished_by_the_next(
    trying: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    load, calls = nation.load_figures, Counter[str]()

    def stop_at_the_second(**what: Any) -> Any:
        calls["load"] += 1
        loaded = load(**what)
        if calls["load"] == 2:
            raise KeyboardInterrupt
        return loaded

    monkeypatch.setattr(nation, "load_figures", stop_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        run()
    assert simulated().count() == sum(SimulatedBatch.objects.values_list("written", flat=True)) > 0
    assert notices.bears(notices.SIMULATED)
    assert run().batches_there == 1
    finished = set(simulated().values_list("place_id", "measure", "period_start", "scaled", "numerator"))
    monkeypatch.undo()
    again = run(Wishes(**{**SMALL.__dict__, "provinces": ("lang son",)}))  # the same, put in other words
    assert (again.batches_there, again.written) == (0, 0)
    assert finished == set(
        simulated().values_list("place_id", "measure", "period_start", "scaled", "numerator")
    )


def test_broken_rows_are_each_named_and_left_out_and_no_good_one_is_lost(trying: Any) -> None:
    report = run(Wishes(**{**SMALL.__dict__, "broken": 5}))
    assert report.spoilt > 50
    named = Counter((batch, fault.row) for batch, fault in report.faults)
    assert len(named) == report.spoilt
    assert report.written == report.offered - report.spoilt
    assert {fault.field for _, fault in report.faults} == {"measure", "value", "period"}
    assert all(fault.sentence for _, fault in report.faults)
    written = set(simulated().values_list("place_id", "measure", "period_start", "scaled", "numerator"))
    run()
    assert written == set(
        simulated().values_list("place_id", "measure", "period_start", "scaled", "numerator")
    )


def test_outside_demo_mode_it_is_refused(demo: Any, settings: Any, unchanged: Callable[..., Any]) -> None:
    settings.DEMO = settings.DEBUG = False
    with unchanged(), pytest.raises(Refusal, match="CHUNGTAY_DEMO=1"):
        run()


def test_beside_figures_recorded_in_earnest_it_is_refused(trying: Any, unchanged: Callable[..., Any]) -> None:
    user = people.create_user(username="that", display_name="Trưởng xóm", by=SYSTEM, at=BUILT_AT).user
    post = people.grant_post(
        user=user, role="hamlet_head", place_id=trying.place("khe_coc"), valid_from=date(2021, 1, 1),
        by=SYSTEM, at=BUILT_AT,
    )  # fmt: skip
    record(
        by=post,
        at=NOW,
        place_id=trying.place("khe_coc"),
        entries=[Entry("poor_households", "3", Period.year(2024))],
    )
    with unchanged(), pytest.raises(Refusal, match="có số liệu thật"):
        run()


@pytest.mark.parametrize("way", ["record", "load"])
def test_no_simulated_figure_is_kept_where_pages_do_not_say_so(demo: Any, way: str) -> None:
    from chungtay.figures.loading import BulkFigure, load_figures

    place, period = demo.place("khe_coc"), Period.year(2024)
    with pytest.raises(Refusal, match="mô phỏng"):
        if way == "record":
            demo.record("poor_households", "3", period=period, mark=Mark.SIMULATED)
        else:
            rows = [BulkFigure(place, "poor_households", period, "3")]
            load_figures(by=SYSTEM, at=NOW, rows=rows, mark=Mark.SIMULATED, source=SOURCE)


def test_every_page_says_so_even_before_signing_in(trying: Any) -> None:
    client = trying.visit("cán bộ Quảng Lạc")
    addresses = ["/", f"/dia-ban/{trying.place('quang_lac')}/", "/bo-tieu-chi/"]
    assert all(NOTICE not in client.get(address).content.decode() for address in addresses)
    run()
    for address in addresses:
        assert NOTICE in client.get(address).content.decode(), address
    assert NOTICE in Client().get("/dang-nhap/").content.decode()


def test_every_file_says_so_in_its_name_and_as_its_last_row(trying: Any) -> None:
    address = f"/dia-ban/{trying.place('quang_lac')}/xa-ntm-nang-cao-2021-2025.csv?ngay=2024-12-31"
    client = trying.visit("cán bộ Quảng Lạc")
    before = client.get(address)
    assert before.status_code == 200 and "SIMULATED" not in before["Content-Disposition"]
    run()
    after = client.get(address)
    assert 'filename="SIMULATED-' in after["Content-Disposition"]
    assert list(csv.reader(io.StringIO(after.content.decode())))[-1] == [NOTICE]


def test_an_excel_file_of_a_board_says_so_inside(trying: Any) -> None:
    run()
    province = territory.ancestors(trying.place("quang_lac"), date(2024, 12, 31))[1]
    address = f"/dia-ban/{province.id}/tong-hop/bang.xlsx?ngay=2024-12-31&bo=xa-ntm-2021-2025"
    answer = trying.visit("đoàn kiểm tra").get(address)
    assert 'filename="SIMULATED-' in answer["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        assert NOTICE in book.read("xl/sharedStrings.xml").decode()


def test_a_simulated_database_does_not_open_as_a_real_one(trying: Any, settings: Any) -> None:
    assert check_simulated(databases=["default"]) == []
    run()
    assert check_simulated(databases=["default"]) == []
    settings.DEMO = settings.DEBUG = False
    assert [each.id for each in check_simulated(databases=["default"])] == ["chungtay.E003"]


def test_the_notice_is_posted_once_with_one_event(trying: Any) -> None:
    run()
    run(Wishes(**{**SMALL.__dict__, "seed": 7}))
    assert SiteNotice.objects.count() == 1
    assert AuditEvent.objects.filter(deed="core.post_notice").count() == 1


def test_hamlets_are_founded_with_one_event_a_batch_and_named_faults(
    trying: Any, unchanged: Callable[..., Any]
) -> None:
    run()
    assert AuditEvent.objects.filter(deed="territory.found_places").count() == 1
    assert not AuditEvent.objects.filter(deed="territory.found_place", at=NOW).exists()
    commune = Place.objects.filter(level="commune", valid_to=None).first()
    assert commune is not None
    new = territory_actions.NewPlace
    twins = [new(uid=_uid(1), name="Nà Pán", kind="thôn", parent=commune.pk),
             new(uid=_uid(2), name=" nà  pán", kind="Thôn", parent=commune.pk),
             new(uid=_uid(3), name="", kind="thôn", parent=commune.pk)]  # fmt: skip
    with unchanged(), pytest.raises(Refusal) as refused:
        territory_actions.found_places(by=SYSTEM, at=NOW, level="hamlet", places=twins, source=SOURCE)
    assert [(fault.row, fault.field) for fault in refused.value.faults] == [(2, "name"), (3, "name")]


def test_a_province_nobody_knows_is_refused_by_name(trying: Any) -> None:
    with pytest.raises(Refusal, match="“Lạng Giang”"):
        run(Wishes(provinces=("Lạng Giang",)))


def test_the_command_tells_what_it_did_and_what_was_broken(trying: Any, settings: Any, tmp_path: Any) -> None:
    settings.VAR_DIR = tmp_path
    out = io.StringIO()
    options = {"communes": "3", "hamlets": 6, "years": "2025", "provinces": "Lạng Sơn", "broken": 5}
    call_command("simulate", "nation", stdout=out, **options)
    rows = list(csv.reader((tmp_path / "simulate-faults.csv").open(encoding="utf-8")))
    assert rows[0] == ["Lô", "Dòng", "Cột", "Lỗi"] and len(rows) > 5
    assert f"{len(rows) - 1} lỗi được nêu" in out.getvalue()
    again = io.StringIO()
    call_command("simulate", "nation", stdout=again, **options)
    assert "đã có đủ" in again.getvalue()


@pytest.mark.parametrize(
    "options",
    [{"years": "2025-2021"}, {"years": "năm ngoái"}, {"communes": "0"}, {"broken": 80}, {"hamlets": -1}],
)
def test_wishes_that_make_no_sense_are_refused_with_the_option_named(
    trying: Any, options: dict[str, Any]
) -> None:
    with pytest.raises(Refusal, match=f"--{next(iter(options))}"):
        call_command("simulate", "nation", **options)


def _uid(number: int) -> Any:
    import uuid

    return uuid.UUID(int=number)
