"""The law desk: drafts that judge nothing, a second person who compares, versions that never change."""

import copy
import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from chungtay.core.actors import Actor, SystemActor
from chungtay.core.refusals import NotFound, NotPermitted, Refusal
from chungtay.figures import queries as figures
from chungtay.people import actions as people
from chungtay.people.models import Post
from chungtay.standards import queries as standards
from chungtay.standards.desk import actions, beginning, checks, editing, publishing, queries
from chungtay.standards.desk.content import Content, blank, tidy
from chungtay.standards.desk.figures import figures_of
from chungtay.standards.desk.models import Draft, FigureCheck, Revision
from chungtay.standards.desk.problems import placed_problems
from chungtay.standards.models import StandardVersion
from chungtay.territory import queries as territory
from rulebook import Verdict

SYSTEM = SystemActor(label="Người dựng thử")
AT = datetime.fromisoformat("2026-03-02T09:00:00+07:00")
MODEL, COMMUNE = "xom-kieu-mau-thai-nguyen", "xa-ntm-2021-2025"
NEW = "thon-thu-thai-nguyen"


def hamlet_set(**more: Any) -> Content:
    """Two criteria typed by an officer: a threshold by region, and a flag."""
    content = blank(code=NEW, name="Bộ tiêu chí thôn thử", level="hamlet", province="19")
    content["standard"] |= {
        "title": {"vi": "thôn thử", "en": "trial hamlet"},
        "period": {"from": "2023", "to": "open"},
        "in_force": {"from": "2023-01-01", "to": "open", "provenance": "recalled"},
        "instruments": [{"id": "qd-1"}],
        **more,
    }
    content["instruments"] = [{"id": "qd-1", "number": "1/2023/QĐ-UBND"}]
    content["criteria"] = [
        {
            "criterion": "1",
            "name": {"vi": "An ninh", "en": "Security"},
            "indicators": [
                {
                    "code": "1.1",
                    "text": {"vi": "Số camera an ninh", "en": "Security cameras"},
                    "provenance": {"text": "recalled", "threshold": "recalled"},
                    "rule": {
                        "compare": {
                            "measure": "security_cameras",
                            "at_least": {"by_region": {"TDMNPB": "5", "DBSH": "8"}, "otherwise": "6"},
                        }
                    },
                }
            ],
        },
        {
            "criterion": "2",
            "name": {"vi": "Kết nối", "en": "Linked"},
            "indicators": [
                {
                    "code": "2.1",
                    "text": {"vi": "Camera nối với xã", "en": "Cameras linked"},
                    "provenance": {"text": "recalled", "threshold": "recalled"},
                    "rule": {"is_true": {"measure": "cameras_linked"}},
                }
            ],
        },
    ]
    return content


@pytest.fixture
def province(demo: Any) -> int:
    return territory.resolve("tỉnh Thái Nguyên").id


@pytest.fixture
def nation(demo: Any) -> int:
    return territory.ancestors(territory.resolve("tỉnh Thái Nguyên").id, AT.date())[0].id


@pytest.fixture
def writer(demo: Any) -> Post:
    return demo.post("văn phòng Thái Nguyên")  # type: ignore[no-any-return]


def colleague(province: int | None, name: str = "hai", role: str = "province_office") -> Post:
    user = people.create_user(username=name, display_name=f"Cán bộ {name}", by=SYSTEM, at=AT).user
    return people.grant_post(
        user=user, role=role, place_id=province, valid_from=date(2025, 7, 1), by=SYSTEM, at=AT
    )


@pytest.fixture
def second(province: int) -> Post:
    """The second person of the province's office."""
    return colleague(province)


def begin(by: Actor, place_id: int, content: Content | None = None, **more: Any) -> int:
    return actions.begin(by=by, at=AT, place_id=place_id, content=content or hamlet_set(), **more)


def tick_all(by: Actor, draft_id: int, at: datetime = AT) -> int:
    rows = checks.figure_rows(queries.draft(draft_id), by)
    marks = [checks.Mark(row.figure.key, row.figure.print, True) for row in rows if row.state == "open"]
    return checks.mark(by=by, at=at, draft_id=draft_id, marks=marks)


def publish(by: Actor, draft_id: int, **more: Any) -> StandardVersion:
    return publishing.publish(by=by, at=AT, draft_id=draft_id, seen=queries.draft(draft_id).number, **more)


def reasons(by: Actor, draft_id: int, **more: Any) -> str:
    return "\n".join(f.sentence for f in publishing.reasons_not(queries.draft(draft_id), by, **more))


def change(path: tuple[Any, ...], value: Any) -> Callable[[Content], str]:
    def edit(content: Content) -> str:
        here: Any = content
        for step in path[:-1]:
            here = here[step]
        here[path[-1]] = value
        return "sửa thử"

    return edit


THRESHOLD = ("criteria", 0, "indicators", 0, "rule", "compare", "at_least", "by_region", "TDMNPB")


def set_threshold(by: Actor, draft_id: int, value: str) -> int:
    view = queries.draft(draft_id)
    return actions.edit(
        by=by,
        at=AT,
        draft_id=draft_id,
        change=change(THRESHOLD, value),
        part=lambda content: editing.indicator_of(content, "1.1"),
        seen=view.number,
    )


# Drafts


def test_a_draft_begun_from_nothing_tells_everything_it_lacks_and_where(writer: Post, province: int) -> None:
    content = blank(code="xom-thu", name="Xóm thử", level="hamlet", province="19")
    view = queries.draft(begin(writer, province, content))
    problems = placed_problems(queries.compiled(view).problems, view.content)
    told = {(each.where, each.part) for each in problems}
    assert told >= {("Phần đầu, danh hiệu", "title"), ("Phần đầu, giai đoạn", "period"), ("", "")}
    assert all(each.what and each.why and each.mend for each in problems)


def test_a_bad_head_hides_nothing_of_the_criteria_and_adds_nothing(writer: Post, province: int) -> None:
    content = hamlet_set(
        title={"vi": "", "en": ""}, in_force={"from": "hôm qua", "to": "open", "provenance": "x"}
    )
    content["criteria"][1]["indicators"][0]["rule"] = {"is_true": {"measure": "security_cameras"}}
    view = queries.draft(begin(writer, province, content))
    found = {
        (each.part, each.indicator) for each in placed_problems(queries.compiled(view).problems, view.content)
    }
    assert found == {("title", ""), ("in_force", ""), ("rule", "2.1")}


def test_a_draft_with_problems_is_kept_but_not_published(writer: Post, second: Post, province: int) -> None:
    content = hamlet_set()
    content["criteria"][0]["indicators"][0]["rule"]["compare"]["measure"] = "security_camera"
    draft_id = begin(writer, province, content)
    with pytest.raises(Refusal, match="security_cameras") as told:
        publish(second, draft_id)
    assert any("Tiêu chí 1, chỉ tiêu 1.1, quy tắc và mức đạt" in f.sentence for f in told.value.faults)
    assert not StandardVersion.objects.filter(code=NEW).exists()
    assert queries.draft(draft_id).content == tidy(content, "standard")


def test_each_edit_is_a_revision_and_an_earlier_one_comes_back(
    writer: Post, province: int, events: Any
) -> None:
    draft_id = begin(writer, province)
    set_threshold(writer, draft_id, "7")
    set_threshold(writer, draft_id, "9")
    (key,) = events("standards.revise_draft")[-1].after
    told = [(each.before[key], each.after[key]) for each in events("standards.revise_draft")]
    assert told == [("5", "7"), ("7", "9")]
    assert [each.number for each in queries.history(draft_id)] == [3, 2, 1]
    assert actions.undo(by=writer, at=AT, draft_id=draft_id, seen=3) == 4
    assert actions.undo(by=writer, at=AT, draft_id=draft_id, seen=4) == 5
    assert queries.draft(draft_id).content == queries.draft(draft_id, number=1).content
    with pytest.raises(Refusal, match="Không còn gì để hoàn tác"):
        actions.undo(by=writer, at=AT, draft_id=draft_id, seen=5)
    assert Revision.objects.filter(draft=draft_id).count() == 5


def test_saving_what_is_there_already_writes_nothing(writer: Post, province: int, unchanged: Any) -> None:
    draft_id = begin(writer, province)
    with unchanged():
        assert set_threshold(writer, draft_id, "5") == 1


def test_two_who_edit_the_same_figure_the_second_is_told(writer: Post, second: Post, province: int) -> None:
    draft_id = begin(writer, province)
    set_threshold(second, draft_id, "7")
    with pytest.raises(actions.Overtaken, match="đã sửa phần này") as told:
        actions.edit(
            by=writer,
            at=AT,
            draft_id=draft_id,
            change=change(THRESHOLD, "9"),
            part=lambda content: editing.indicator_of(content, "1.1"),
            seen=1,
        )
    assert told.value.number == 2
    assert (
        actions.edit(
            by=writer,
            at=AT,
            draft_id=draft_id,
            change=change(THRESHOLD, "9"),
            part=lambda content: editing.indicator_of(content, "1.1"),
            seen=told.value.number,
        )
        == 3
    )


def test_two_who_edit_different_indicators_do_not_disturb_each_other(
    writer: Post, second: Post, province: int
) -> None:
    draft_id = begin(writer, province)
    set_threshold(second, draft_id, "7")
    actions.edit(
        by=writer,
        at=AT,
        draft_id=draft_id,
        change=editing.put_indicator("2", "2.1", {"code": "2.1", "clause": "Điều 2"}),
        part=lambda content: editing.indicator_of(content, "2.1"),
        seen=1,
    )
    content = queries.draft(draft_id).content
    assert (
        content["criteria"][0]["indicators"][0]["rule"]["compare"]["at_least"]["by_region"]["TDMNPB"] == "7"
    )
    assert content["criteria"][1]["indicators"][0]["clause"] == "Điều 2"


def test_replacing_all_the_contents_unseen_is_refused(writer: Post, second: Post, province: int) -> None:
    draft_id = begin(writer, province)
    set_threshold(second, draft_id, "7")
    with pytest.raises(actions.Overtaken):
        actions.replace_content(by=writer, at=AT, draft_id=draft_id, content=hamlet_set(), seen=1)
    actions.replace_content(by=writer, at=AT, draft_id=draft_id, content=hamlet_set(), seen=2)
    assert queries.draft(draft_id).number == 3


def test_a_draft_put_away_is_not_edited_until_it_is_taken_up(writer: Post, province: int) -> None:
    draft_id = begin(writer, province)
    actions.drop(by=writer, at=AT, draft_id=draft_id)
    with pytest.raises(Refusal, match="đã bỏ"):
        set_threshold(writer, draft_id, "7")
    actions.take_up(by=writer, at=AT, draft_id=draft_id)
    assert set_threshold(writer, draft_id, "7") == 2


def test_a_draft_sent_twice_is_one(writer: Post, province: int) -> None:
    uid = uuid.uuid4()
    assert begin(writer, province, uid=uid) == begin(writer, province, uid=uid)
    assert Draft.objects.count() == 1


# Who may


def test_a_province_writes_its_own_law_and_nobody_elses(
    demo: Any, writer: Post, province: int, nation: int
) -> None:
    langson = territory.resolve("tỉnh Lạng Sơn").id
    with pytest.raises(NotPermitted):
        begin(writer, langson)
    with pytest.raises(NotPermitted):
        begin(writer, nation)
    with pytest.raises(NotPermitted):
        begin(demo.post("cán bộ Vô Tranh"), province)
    centre = colleague(None, "trunguong", "national_office")
    with pytest.raises(NotPermitted, match="của tỉnh do Văn phòng Điều phối của tỉnh đó"):
        begin(centre, province)
    assert begin(centre, nation, blank(code="xa-thu", name="Xã thử", level="commune", province=""))


def test_drafts_are_for_the_eyes_of_their_own_office(demo: Any, writer: Post, province: int) -> None:
    draft_id = begin(writer, province)
    stranger = colleague(territory.resolve("tỉnh Lạng Sơn").id, "langson")
    with pytest.raises(NotFound):
        queries.draft(draft_id, by=stranger)
    assert queries.drafts(stranger) == []
    assert [line.id for line in queries.drafts(writer)] == [draft_id]
    assert [line.id for line in queries.drafts(demo.post("đoàn kiểm tra"))] == [draft_id]


def test_a_set_of_another_province_is_refused(writer: Post, second: Post, province: int) -> None:
    content = hamlet_set(province="20")
    assert "dự thảo này là của tỉnh có mã 19, nhưng ghi tỉnh “20”" in reasons(
        second, begin(writer, province, content)
    )


def test_a_province_cannot_take_the_code_of_a_national_set(writer: Post, second: Post, province: int) -> None:
    content = hamlet_set(standard=COMMUNE)
    assert "là của bộ chung cả nước" in reasons(second, begin(writer, province, content))


# The second person


def test_every_figure_and_the_title_data_are_to_be_compared(writer: Post, province: int) -> None:
    found = [(each.key, each.value) for each in figures_of(tidy(hamlet_set(), "standard"))]
    assert found == [
        ("head/name", "Bộ tiêu chí thôn thử"),
        ("head/instrument/qd-1", "1/2023/QĐ-UBND"),
        ("head/in_force/from", "2023-01-01"),
        ("1.1/rule/compare/at_least/by_region:TDMNPB", "5"),
        ("1.1/rule/compare/at_least/by_region:DBSH", "8"),
        ("1.1/rule/compare/at_least/otherwise:", "6"),
        ("2.1/rule/is_true", "true"),
    ]


def test_nobody_compares_what_they_wrote_themselves(
    writer: Post, second: Post, province: int, unchanged: Any
) -> None:
    draft_id = begin(writer, province)
    with unchanged(), pytest.raises(Refusal, match="do chính bạn ghi"):
        tick_all(writer, draft_id)
    assert tick_all(second, draft_id) == 7


def test_another_post_of_the_same_person_is_the_same_person(writer: Post, province: int) -> None:
    again = Post.objects.create(  # granted today it would be refused: the person holds that very post
        user=writer.user,
        role="province_office",
        place_id=province,
        valid_from=date(2025, 8, 1),
        label="Phó Chánh Văn phòng",
    )
    draft_id = begin(writer, province)
    with pytest.raises(Refusal, match="do chính bạn ghi"):
        tick_all(again, draft_id)
    with pytest.raises(Refusal, match="Người ban hành phải là người khác"):
        publish(again, draft_id)


def test_a_figure_edited_after_it_was_compared_is_no_longer_compared(
    writer: Post, second: Post, province: int
) -> None:
    draft_id = begin(writer, province)
    tick_all(second, draft_id)
    set_threshold(writer, draft_id, "7")
    states = {row.figure.key: row.state for row in checks.figure_rows(queries.draft(draft_id))}
    assert states.pop("1.1/rule/compare/at_least/by_region:TDMNPB") == "open"
    assert set(states.values()) == {"agreed"}
    set_threshold(writer, draft_id, "5")  # back to what was compared: still to be compared again
    rows = checks.figure_rows(queries.draft(draft_id))
    assert [row.figure.value for row in rows if row.state == "open"] == ["5"]


def test_new_words_of_an_indicator_undo_the_checks_of_its_figures(
    writer: Post, second: Post, province: int
) -> None:
    draft_id = begin(writer, province)
    tick_all(second, draft_id)
    actions.edit(
        by=writer,
        at=AT,
        draft_id=draft_id,
        change=change(("criteria", 0, "indicators", 0, "text", "vi"), "Số camera giao thông"),
        part=lambda content: editing.indicator_of(content, "1.1"),
        seen=1,
    )
    rows = checks.figure_rows(queries.draft(draft_id))
    assert {row.figure.indicator for row in rows if row.state == "open"} == {"1.1"}


def test_a_check_of_a_figure_that_was_edited_meanwhile_is_refused(
    writer: Post, second: Post, province: int
) -> None:
    draft_id = begin(writer, province)
    rows = checks.figure_rows(queries.draft(draft_id))
    set_threshold(writer, draft_id, "7")
    marks = [checks.Mark(row.figure.key, row.figure.print, True) for row in rows]
    with pytest.raises(Refusal, match="vừa được sửa") as told:
        checks.mark(by=second, at=AT, draft_id=draft_id, marks=marks)
    assert [fault.field for fault in told.value.faults] == ["1.1/rule/compare/at_least/by_region:TDMNPB"]
    assert not FigureCheck.objects.exists()


def test_what_does_not_agree_needs_a_word_and_keeps_the_draft_from_publishing(
    writer: Post, second: Post, province: int
) -> None:
    third = colleague(province, "ba")
    draft_id = begin(writer, province, hamlet_set(status="sample"))
    rows = checks.figure_rows(queries.draft(draft_id))
    row = next(row for row in rows if row.figure.key.endswith("TDMNPB"))
    with pytest.raises(Refusal, match="ghi rõ chỗ sai"):
        checks.mark(
            by=second, at=AT, draft_id=draft_id, marks=[checks.Mark(row.figure.key, row.figure.print, False)]
        )
    wrong = checks.Mark(row.figure.key, row.figure.print, False, "Phụ lục ghi 6 camera")
    checks.mark(by=second, at=AT, draft_id=draft_id, marks=[wrong])
    assert "đánh dấu chưa đúng với bản gốc: “Phụ lục ghi 6 camera”" in reasons(third, draft_id)
    set_threshold(writer, draft_id, "6")
    assert reasons(third, draft_id) == ""


def test_a_check_is_taken_back_and_nothing_of_it_is_deleted(
    writer: Post, second: Post, province: int
) -> None:
    draft_id = begin(writer, province)
    row = checks.figure_rows(queries.draft(draft_id))[0]
    for agrees in (True, None):
        checks.mark(
            by=second, at=AT, draft_id=draft_id, marks=[checks.Mark(row.figure.key, row.figure.print, agrees)]
        )
    assert checks.figure_rows(queries.draft(draft_id))[0].state == "open"
    assert FigureCheck.objects.count() == 1


# Publishing


def test_law_is_published_only_when_a_second_person_compared_every_figure(
    writer: Post, second: Post, province: int
) -> None:
    draft_id = begin(writer, province)
    assert "Còn 7 trong 7 số chưa được người thứ hai đối chiếu" in reasons(second, draft_id)
    tick_all(second, draft_id)
    assert reasons(second, draft_id) == ""
    version = publish(second, draft_id)
    assert (version.code, version.version, version.edition, version.province) == (NEW, "1", 1, "19")
    standard = standards.by_id(version.pk).standard
    told = standard.indicator("1.1").provenance
    assert told.confirmed and told.text == "found"
    assert told.last_checked is not None
    assert (told.last_checked.on, told.last_checked.by) == (AT.date(), second.label)
    assert standard.in_force.provenance == "found"
    assert version.frozen["standard"]["instruments"][0]["last_checked"]["by"] == second.label
    assert queries.draft(draft_id).state == "published"


def test_who_wrote_any_of_it_does_not_publish_it(writer: Post, second: Post, province: int) -> None:
    third = colleague(province, "ba")
    draft_id = begin(writer, province)
    set_threshold(second, draft_id, "7")
    tick_all(third, draft_id)
    for author in (writer, second):
        with pytest.raises(Refusal, match="Người ban hành phải là người khác với người soạn"):
            publish(author, draft_id)
    assert publish(third, draft_id).code == NEW


def test_a_sample_may_be_published_unchecked_and_says_so(writer: Post, second: Post, province: int) -> None:
    content = hamlet_set(status="sample")
    for criterion in content["criteria"]:  # typed as if it had been seen and checked: nobody did
        criterion["indicators"][0]["provenance"] = {
            "text": "found",
            "threshold": "found",
            "last_checked": {"on": "2026-01-01", "by": "Ai đó"},
        }
    version = publish(second, begin(writer, province, content))
    for indicator in standards.by_id(version.pk).standard.indicators:
        assert (indicator.provenance.text, indicator.provenance.threshold) == ("recalled", "recalled")
        assert indicator.provenance.last_checked is None


def test_some_figures_of_an_indicator_compared_do_not_confirm_the_indicator(
    writer: Post, second: Post, province: int
) -> None:
    content = hamlet_set(status="sample")
    one = content["criteria"][0]["indicators"][0]
    one["rule"] = {"all_of": [one["rule"], content["criteria"][1]["indicators"][0]["rule"]]}
    draft_id = begin(writer, province, content)
    rows = [
        r for r in checks.figure_rows(queries.draft(draft_id)) if r.figure.measures == ("cameras_linked",)
    ]
    mark = checks.Mark(rows[0].figure.key, rows[0].figure.print, True)
    checks.mark(by=second, at=AT, draft_id=draft_id, marks=[mark])
    rule = standards.by_id(publish(second, draft_id).pk).standard.indicator("1.1")
    assert rule.provenance.threshold == "recalled"
    assert [part.provenance for part in rule.rule.rules] == ["", "found"]  # type: ignore[union-attr]


def test_a_published_set_judges_a_hamlet_and_its_draft_did_not(
    demo: Any, writer: Post, second: Post, province: int
) -> None:
    draft_id = begin(writer, province)
    with pytest.raises(NotFound, match=NEW):
        figures.judge_place(demo.place("khe_coc"), NEW, on=date(2023, 5, 24))
    tick_all(second, draft_id)
    publish(second, draft_id)
    judged = figures.judge_place(demo.place("khe_coc"), NEW, on=date(2023, 5, 24))
    assert judged.finding.indicator("1.1").verdict is Verdict.MET  # 7 cameras, 5 asked in the north


def test_a_published_draft_is_not_edited_nor_published_again(
    writer: Post, second: Post, province: int, unchanged: Any
) -> None:
    draft_id = begin(writer, province)
    tick_all(second, draft_id)
    publish(second, draft_id)
    with unchanged():
        for deed in (
            lambda: set_threshold(writer, draft_id, "9"),
            lambda: publish(second, draft_id),
            lambda: actions.drop(by=writer, at=AT, draft_id=draft_id),
        ):
            with pytest.raises(Refusal, match="đã ban hành"):
                deed()


def published(writer: Actor, second: Actor, province: int, **more: Any) -> StandardVersion:
    draft_id = begin(writer, province, hamlet_set(**more))
    tick_all(second, draft_id)
    return publish(second, draft_id)


def next_version(writer: Actor, province: int, former: StandardVersion, start: str) -> int:
    content = beginning.from_former(former.pk, version="2")
    content["standard"]["in_force"] = {"from": start, "to": "open", "provenance": "recalled"}
    content["criteria"][0]["indicators"][0]["rule"]["compare"]["at_least"]["by_region"]["TDMNPB"] = "9"
    return begin(writer, province, content, begun_as="amendment", base_id=former.pk)


def test_two_versions_in_force_at_once_are_refused_with_the_others_days(
    writer: Post, second: Post, province: int
) -> None:
    former = published(writer, second, province)
    draft_id = next_version(writer, province, former, "2026-01-01")
    tick_all(second, draft_id)
    assert "bản 1 (từ 01/01/2023 đến nay) và bản này (từ 01/01/2026 đến nay)" in reasons(second, draft_id)
    with pytest.raises(Refusal, match="hai bản"):
        publish(second, draft_id)


def test_a_new_version_may_end_the_one_before_it(writer: Post, second: Post, province: int) -> None:
    former = published(writer, second, province)
    draft_id = next_version(writer, province, former, "2026-01-01")
    tick_all(second, draft_id)
    publish(second, draft_id, end_former=True)
    known = {each.label: (each.in_force_from, each.in_force_to) for each in standards.versions(code=NEW)}
    assert known == {"2": (date(2026, 1, 1), None), "1.2": (date(2023, 1, 1), date(2026, 1, 1))}
    former.refresh_from_db()
    assert former.in_force_to is None  # the edition judged by until now stays as it was
    for day, label in ((date(2025, 12, 31), "1.2"), (date(2026, 1, 1), "2")):
        assert standards.adopted(NEW, on=day).view.label == label


def test_what_was_compared_for_the_version_before_and_not_touched_stays_compared(
    writer: Post, second: Post, province: int
) -> None:
    former = published(writer, second, province)
    rows = checks.figure_rows(queries.draft(next_version(writer, province, former, "2026-01-01")))
    states = {row.figure.key: row.state for row in rows}
    assert states == {
        "head/name": "open",
        "head/instrument/qd-1": "carried",
        "head/in_force/from": "open",
        "1.1/rule/compare/at_least/by_region:TDMNPB": "open",
        "1.1/rule/compare/at_least/by_region:DBSH": "carried",
        "1.1/rule/compare/at_least/otherwise:": "carried",
        "2.1/rule/is_true": "carried",
    }


def test_a_threshold_of_a_published_version_is_not_changed_in_place(
    writer: Post, second: Post, province: int
) -> None:
    former = published(writer, second, province)
    content = checks.content_of(former.frozen)
    content = copy.deepcopy(content)
    content["criteria"][0]["indicators"][0]["rule"]["compare"]["at_least"]["by_region"]["TDMNPB"] = "4"
    draft_id = begin(writer, province, content, base_id=former.pk)
    tick_all(second, draft_id)
    assert "Phiên bản 1 đã ban hành, mức của nó không đổi được nữa: chỉ tiêu 1.1" in reasons(second, draft_id)


def test_a_set_is_withdrawn_by_an_edition_that_ends_it(writer: Post, second: Post, province: int) -> None:
    former = published(writer, second, province)
    content = beginning.to_end(former.pk, on=date(2026, 2, 1), number="9/2026/QĐ-UBND")
    draft_id = begin(writer, province, content, begun_as="ending", base_id=former.pk)
    assert "văn bản; ngày hết hiệu lực" in reasons(second, draft_id)
    tick_all(second, draft_id)
    publish(second, draft_id)
    (view,) = standards.versions(code=NEW)
    assert (view.label, view.in_force_to) == ("1.2", date(2026, 2, 1))
    assert standards.by_id(view.id).standard.is_in_force(date(2026, 2, 1)) is False
    assert StandardVersion.objects.filter(code=NEW).count() == 2


def test_publishing_nothing_new_is_refused(writer: Post, second: Post, province: int) -> None:
    former = published(writer, second, province)
    again = begin(writer, province, checks.content_of(former.frozen), base_id=former.pk)
    assert "đã ban hành đúng như vậy rồi" in reasons(second, again)


def test_sets_that_refer_to_each_other_in_a_circle_are_refused(
    writer: Post, second: Post, province: int
) -> None:
    first = hamlet_set()
    published(writer, second, province)
    other = copy.deepcopy(hamlet_set(standard="thon-hai"))
    other["criteria"][1]["indicators"][0]["rule"] = {"standard": {"id": NEW}}
    draft_id = begin(writer, province, other)
    tick_all(second, draft_id)
    publish(second, draft_id)
    first["standard"] |= {"version": "2"}
    first["criteria"][1]["indicators"][0]["rule"] = {"standard": {"id": "thon-hai"}}
    told = reasons(second, begin(writer, province, first))
    assert f"dẫn vòng lẫn nhau: {NEW} → thon-hai → {NEW}" in told
    assert "Tiêu chí 2, chỉ tiêu 2.1" in told


def test_a_reference_to_a_set_that_is_not_there_is_refused(writer: Post, second: Post, province: int) -> None:
    content = hamlet_set()
    content["criteria"][1]["indicators"][0]["rule"] = {"standard": {"id": "bo-khong-co"}}
    assert "không có bộ tiêu chí “bo-khong-co”" in reasons(second, begin(writer, province, content))


def test_publishing_what_somebody_just_edited_is_refused(writer: Post, second: Post, province: int) -> None:
    draft_id = begin(writer, province)
    tick_all(second, draft_id)
    set_threshold(writer, draft_id, "7")
    with pytest.raises(actions.Overtaken):
        publishing.publish(by=second, at=AT, draft_id=draft_id, seen=1)


def test_one_event_tells_who_published_what(writer: Post, second: Post, province: int, events: Any) -> None:
    version = published(writer, second, province)
    (event,) = events("standards.publish")
    assert (event.actor_label, event.place_id) == (second.label, province)
    assert (event.detail["digest"], event.detail["checked"]) == (version.digest, 7)


# New measures


def test_a_measure_of_the_drafts_own_is_adopted_on_publishing(
    writer: Post, second: Post, province: int
) -> None:
    content = hamlet_set()
    content["measures"] = [
        {
            "code": "tea_gardens",
            "name": {"vi": "Số vườn chè", "en": "Tea gardens"},
            "kind": "count",
            "unit": {"vi": "vườn", "en": "gardens"},
        }
    ]
    content["criteria"][1]["indicators"][0]["rule"] = {"compare": {"measure": "tea_gardens", "above": "2"}}
    draft_id = begin(writer, province, content)
    tick_all(second, draft_id)
    with pytest.raises(NotFound):
        standards.measure("tea_gardens")
    publish(second, draft_id)
    assert standards.measure("tea_gardens").name.vi == "Số vườn chè"


def test_a_measure_that_gives_a_known_code_another_meaning_is_refused(
    writer: Post, second: Post, province: int
) -> None:
    content = hamlet_set()
    content["measures"] = [
        {"code": "security_cameras", "name": {"vi": "Camera", "en": "Cameras"}, "kind": "flag"}
    ]
    assert "đã có trong danh mục, với nghĩa khác" in reasons(second, begin(writer, province, content))


# What a province fills in


def fills(*each: dict[str, Any]) -> Content:
    return {
        "overlay": {
            "overlay": COMMUNE,
            "province": "19",
            "version": "2022",
            "in_force": {"from": "2022-06-01", "to": "open", "provenance": "recalled"},
            "instruments": [{"id": "qd-2"}],
            "fills": list(each),
        },
        "instruments": [{"id": "qd-2", "number": "2/2022/QĐ-UBND"}],
        "measures": [],
    }


def fill(indicator: str, value: str) -> dict[str, Any]:
    return {"indicator": indicator, "threshold": value, "provenance": {"threshold": "recalled"}}


def overlay(writer: Actor, province: int, *each: dict[str, Any]) -> int:
    base = standards.adopted(COMMUNE).view.id
    return begin(writer, province, fills(*each), kind="overlay", begun_as="overlay", base_id=base)


def test_a_province_fills_in_what_the_centre_leaves_to_it(writer: Post, second: Post, province: int) -> None:
    draft_id = overlay(writer, province, fill("2.1", "100"))
    tick_all(second, draft_id)
    assert reasons(second, draft_id) == ""
    version = publish(second, draft_id)
    assert (version.code, version.province, version.version) == (COMMUNE, "19", "2022-03-08+2022")
    indicator = standards.by_id(version.pk).standard.indicator("2.1")
    assert indicator.provenance.confirmed
    assert indicator.clause.vi == "2/2022/QĐ-UBND, chỉ tiêu 2.1"


def test_a_province_touches_nothing_that_is_not_left_to_it(writer: Post, second: Post, province: int) -> None:
    told = reasons(second, overlay(writer, province, fill("4.2", "90")))
    assert "chỉ tiêu 4.2 không được giao cho tỉnh quy định" in told


def test_ending_a_national_version_ends_what_provinces_filled_in(
    writer: Post, second: Post, province: int, nation: int
) -> None:
    draft_id = overlay(writer, province, fill("2.1", "100"))
    tick_all(second, draft_id)
    publish(second, draft_id)
    centre, other = colleague(None, "mot", "national_office"), colleague(None, "kia", "national_office")
    base = next(each for each in standards.versions(code=COMMUNE) if not each.province)
    content = beginning.to_end(base.id, on=date(2025, 1, 1), number="9/2025/QĐ-TTg")
    draft_id = begin(centre, nation, content, begun_as="ending", base_id=base.id)
    rows = checks.figure_rows(queries.draft(draft_id), other)
    marks = [checks.Mark(r.figure.key, r.figure.print, True) for r in rows if not r.is_as_before]
    checks.mark(by=other, at=AT, draft_id=draft_id, marks=marks)
    publish(other, draft_id)
    ended = {each.province: each.in_force_to for each in standards.versions(code=COMMUNE)}
    assert ended == dict.fromkeys(ended, date(2025, 1, 1))
    assert {"", "19"} <= ended.keys()


def test_many_drafts_are_listed_in_a_fixed_number_of_queries(
    writer: Post, province: int, queries_of: Any
) -> None:
    begin(writer, province)
    one = queries_of(lambda: queries.drafts(writer))
    for number in range(4):
        begin(writer, province, hamlet_set(standard=f"thon-{number}"))
    assert queries_of(lambda: queries.drafts(writer)) == one


def test_checks_older_than_the_last_edit_of_the_day_keep_their_days(
    writer: Post, second: Post, province: int
) -> None:
    draft_id = begin(writer, province)
    tick_all(second, draft_id, AT - timedelta(days=3))
    version = publish(second, draft_id)
    checked = standards.by_id(version.pk).standard.indicator("2.1").provenance.last_checked
    assert checked is not None and checked.on == (AT - timedelta(days=3)).date()
