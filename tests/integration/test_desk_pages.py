"""The law desk's screens, asked without a browser: begun from nothing, typed, compared, published."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from chungtay.core.actors import SystemActor
from chungtay.people import actions as people
from chungtay.standards import queries as standards
from chungtay.standards.desk import actions, checks, queries
from chungtay.standards.desk.content import blank
from chungtay.standards.desk.models import Draft, FigureCheck, Guidance, StoredFile
from chungtay.territory import queries as territory

SYSTEM = SystemActor(label="Người dựng thử")
AT = datetime.fromisoformat("2026-03-02T09:00:00+07:00")
MODEL, COMMUNE, NEW = "xom-kieu-mau-thai-nguyen", "xa-ntm-2021-2025", "thon-thu"
PDF = b"%PDF-1.4\n% a guidance document\n"


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.VAR_DIR = tmp_path


@pytest.fixture
def writer(demo: Any) -> Client:
    return demo.visit("văn phòng Thái Nguyên")  # type: ignore[no-any-return]


@pytest.fixture
def second(demo: Any) -> Client:
    province = territory.resolve("tỉnh Thái Nguyên").id
    user = people.create_user(username="hai", display_name="Cán bộ thứ hai", by=SYSTEM, at=AT).user
    people.grant_post(
        user=user, role="province_office", place_id=province, valid_from=date(2025, 7, 1), by=SYSTEM, at=AT
    )
    client = Client()
    client.force_login(user)
    return client


def text_of(answer: Any) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def begin(client: Client, **sent: Any) -> str:
    """Begin a draft by the form; its address."""
    form = {"as": "nothing", "name": "Thôn thử", "code": NEW, "level": "hamlet", **sent}
    answer = client.post("/soan-luat/moi/", form)
    assert answer.status_code == 302, text_of(answer)
    return str(answer["Location"])


def draft_at(address: str) -> queries.DraftView:
    return queries.draft(int(address.split("/")[2]))


def send(client: Client, address: str, **sent: Any) -> Any:
    """Send a form with the revision that is there now."""
    number = draft_at(address).number
    return client.post(address, {"seen": number, **{key.replace("__", "."): v for key, v in sent.items()}})


HEAD = {
    "name": "Thôn thử",
    "title": "thôn thử",
    "level": "hamlet",
    "status": "law",
    "code": NEW,
    "version": "2023-01-01",
    "period_from": "2023",
    "from": "01/01/2023",
    "doc__0__number": "1/2023/QĐ-UBND",
    "doc__0__part": "Phụ lục I",
}
BY_REGION = {
    "code": "1.1",
    "text": "Số camera an ninh",
    "trust": "recalled",
    "trust_text": "recalled",
    "r__kind": "compare",
    "r__measure": "security_cameras",
    "r__op": "at_least",
    "r__shape": "by_region",
    "r__by_region__TDMNPB": "5",
    "r__by_region__DBSH": "1.008,0",
    "r__otherwise": "6",
}


def typed_set(writer: Client) -> str:
    """A hamlet set of one criterion, typed by the forms."""
    address = begin(writer)
    assert send(writer, f"{address}phan-dau/", **HEAD).status_code == 302
    assert send(writer, f"{address}tieu-chi/", number="1", name="An ninh").status_code == 302
    answer = send(writer, f"{address}chi-tieu/?tieu-chi=1", **BY_REGION)
    assert answer.status_code == 302, text_of(answer)
    return address


def compare_all(client: Client, address: str) -> None:
    """Tick every figure, part by part, as the page asks."""
    for _ in range(5):
        page = client.get(f"{address}doi-chieu/").content.decode()
        sent = {
            unescape(name): unescape(value)
            for name, value in re.findall(r'name="([kp]\.\d+)" value="([^"]*)"', page)
        }
        here = re.search(r'\?phan=([^"]+)" aria-current', page)
        assert here
        answers = {name.replace("k.", "a."): "yes" for name in sent if name.startswith("k.")}
        client.post(f"{address}doi-chieu/?phan={here[1]}", sent | answers)
        rows = checks.figure_rows(draft_at(address))
        if all(row.is_compared for row in rows):
            return
    raise AssertionError([row.figure.key for row in rows if not row.is_compared])


# From nothing to law


def test_a_set_typed_on_the_screen_is_compared_published_and_judges(
    demo: Any, writer: Client, second: Client
) -> None:
    address = typed_set(writer)
    page = text_of(writer.get(address))
    assert "1.1 Số camera an ninh" in page
    assert "Trung du miền núi phía Bắc: từ 5 camera trở lên" in page
    assert "chỗ cần sửa" not in page
    assert "Bạn đã soạn một phần dự thảo này" in text_of(writer.get(f"{address}ban-hanh/"))
    assert "chưa được người thứ hai đối chiếu" in text_of(second.get(f"{address}ban-hanh/"))
    assert "Bạn đã ghi số này" in text_of(writer.get(f"{address}doi-chieu/?phan=1"))
    compare_all(second, address)
    assert "Chưa ban hành được" not in text_of(second.get(f"{address}ban-hanh/"))
    answer = second.post(f"{address}ban-hanh/", {"seen": draft_at(address).number})
    assert answer["Location"].startswith(f"/bo-tieu-chi/{NEW}/")
    page = text_of(second.get(answer["Location"]))
    assert "Phụ lục I, 1/2023/QĐ-UBND" in page
    assert "Đối chiếu với bản gốc lần cuối" in page
    place = demo.place("khe_coc")
    assert "từ 5 camera trở lên" in text_of(
        demo.visit("trưởng xóm Khe Cốc").get(f"/dia-ban/{place}/{NEW}/vi-sao/?ngay=24/05/2023")
    )


def test_what_was_typed_becomes_the_rule_and_is_shown_again(writer: Client) -> None:
    address = typed_set(writer)
    rule = draft_at(address).content["criteria"][0]["indicators"][0]["rule"]
    assert rule == {
        "compare": {
            "measure": "security_cameras",
            "at_least": {"by_region": {"TDMNPB": "5", "DBSH": "1008.0"}, "otherwise": "6"},
        }
    }
    page = unescape(writer.get(f"{address}chi-tieu/?so=1.1").content.decode())
    assert 'name="r.by_region.DBSH" value="1.008"' in page
    assert "Thôn vùng Trung du miền núi phía Bắc:" in page  # what it means, at its edges


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("persona", ["văn phòng Thái Nguyên", "đoàn kiểm tra"])
def test_every_page_of_a_draft_answers(demo: Any, writer: Client, persona: str, language: str) -> None:
    address = typed_set(writer)
    base = standards.adopted(COMMUNE).view.id
    part = begin(writer, **{"as": "overlay", "base": base, "version": "2022"})
    client = demo.visit(persona, language=language)
    pages = ["/soan-luat/", address, part, f"{part}muc-cua-tinh/", f"{part}phan-dau/", f"{part}xem-truoc/"]
    pages += [
        f"{address}{page}"
        for page in (
            "phan-dau/", "nhom/", "tieu-chi/", "tieu-chi/?so=1", "chi-tieu/?so=1.1", "chi-tieu/?tieu-chi=1",
            "chi-tieu/?tieu-chi=dk", "so-do/", "so-do/?tim=camera", "xem-truoc/", "doi-chieu/",
            "doi-chieu/?phan=1", "ban-hanh/", "lich-su/", "nhap-tep/",
        )
    ]  # fmt: skip
    pages += [f"/bo-tieu-chi/{MODEL}/het-hieu-luc/", f"/bo-tieu-chi/{MODEL}/huong-dan/"]
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
    for page in (f"{address[:-1]}.zip", f"/bo-tieu-chi/{MODEL}.zip"):
        answer = client.get(page)
        assert answer["Content-Disposition"].startswith("attachment"), page
        assert zipfile.is_zipfile(io.BytesIO(answer.content))


def test_drafts_are_shown_to_no_other_office(demo: Any, writer: Client) -> None:
    address = typed_set(writer)
    for persona in ("cán bộ Vô Tranh", "trưởng xóm Khe Cốc"):
        client = demo.visit(persona)
        assert client.get(address).status_code == 404
        assert client.post(f"{address}sua/", {"do": "drop"}).status_code == 404
        assert NEW not in client.get("/soan-luat/").content.decode()
        assert (
            client.post("/soan-luat/moi/", {"as": "nothing", "name": "x", "level": "hamlet"}).status_code
            == 403
        )


# Wrong input


def test_a_wrong_number_is_kept_as_typed_and_told_where_it_stands(writer: Client) -> None:
    address = typed_set(writer)
    send(writer, f"{address}chi-tieu/?so=1.1", **(BY_REGION | {"r__by_region__TDMNPB": "năm cái"}))
    page = text_of(writer.get(address))
    assert "“năm cái” không phải là một con số" in page
    assert "Tiêu chí 1, chỉ tiêu 1.1, quy tắc và mức đạt" in page
    assert 'value="năm cái"' in writer.get(f"{address}chi-tieu/?so=1.1").content.decode()


def test_a_measure_that_is_not_there_is_kept_as_typed(writer: Client) -> None:
    address = typed_set(writer)
    send(writer, f"{address}chi-tieu/?so=1.1", **(BY_REGION | {"r__measure": "Số bò sữa <b>"}))
    assert (
        draft_at(address).content["criteria"][0]["indicators"][0]["rule"]["compare"]["measure"]
        == "Số bò sữa <b>"
    )
    page = writer.get(f"{address}chi-tieu/?so=1.1").content.decode()
    assert "Số bò sữa &lt;b&gt;" in page


def test_the_second_of_two_editors_keeps_what_was_typed(writer: Client, second: Client) -> None:
    address = typed_set(writer)
    old = draft_at(address).number
    send(second, f"{address}chi-tieu/?so=1.1", **(BY_REGION | {"r__otherwise": "7"}))
    sent = {key.replace("__", "."): value for key, value in BY_REGION.items()}
    answer = writer.post(f"{address}chi-tieu/?so=1.1", sent | {"seen": old, "r.otherwise": "9"})
    assert answer.status_code == 422
    assert "đã sửa phần này" in text_of(answer)
    page = answer.content.decode()
    assert 'name="r.otherwise" value="9"' in page
    assert f'name="seen" value="{draft_at(address).number}"' in page
    assert (
        draft_at(address).content["criteria"][0]["indicators"][0]["rule"]["compare"]["at_least"]["otherwise"]
        == "7"
    )


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"name": ""}, "Hãy ghi tên bộ tiêu chí"),
        ({"code": "Thôn Thử"}, "Mã chỉ gồm chữ thường"),
        ({"code": MODEL}, "đã có bộ tiêu chí"),
        ({"level": ""}, "Hãy chọn bộ tiêu chí dùng cho cấp nào"),
        ({"as": "amendment", "base": "999999"}, "Hãy chọn bộ tiêu chí để bắt đầu"),
        ({"as": "copy", "base": "x"}, "Hãy chọn bộ tiêu chí để bắt đầu"),
        ({"as": "import"}, "Chưa chọn tệp"),
    ],
)
def test_a_draft_that_cannot_begin_says_why_and_keeps_what_was_typed(
    writer: Client, unchanged: Callable[..., Any], sent: dict[str, str], told: str
) -> None:
    form = {"as": "nothing", "name": "Thôn kể lại", "code": NEW, "level": "hamlet", **sent}
    with unchanged():
        answer = writer.post("/soan-luat/moi/", form)
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert not form["name"] or "Thôn kể lại" in answer.content.decode()


@pytest.mark.parametrize(
    "do", ["", "remove", "up:indicator:9.9", "remove:criterion:7", "restore:99", "restore:x", "burn:all"]
)
def test_a_button_that_means_nothing_is_answered_with_a_sentence(writer: Client, do: str) -> None:
    address = typed_set(writer)
    before = draft_at(address)
    answer = send(writer, f"{address}sua/", do=do) if do else writer.post(f"{address}sua/")
    assert answer.status_code in (404, 422)
    assert draft_at(address) == before


def test_nonsense_in_any_field_never_breaks_a_page(writer: Client) -> None:
    address = typed_set(writer)
    odd = "‮\x00<script>'\"&%{}[]:#🙂"
    for page, fields in (
        ("phan-dau/", HEAD),
        ("tieu-chi/?so=1", {"number": "1", "name": "x", "unlisted": ""}),
        ("chi-tieu/?so=1.1", BY_REGION),
    ):
        for name in fields:
            answer = send(writer, f"{address}{page}", **(fields | {name: odd}))
            assert answer.status_code in (302, 422), (page, name)
            assert writer.get(address).status_code == 200
            assert writer.get(f"{address}doi-chieu/").status_code == 200
            actions.replace_content(
                by=SYSTEM,
                at=AT,
                draft_id=draft_at(address).id,
                content=queries.draft(draft_at(address).id, number=4).content,
                seen=draft_at(address).number,
            )


def test_every_kind_of_rule_is_read_back_as_it_was(writer: Client) -> None:
    from chungtay.office.desk.common import vocabulary_of
    from chungtay.office.desk.rule_form import Box, box_of, read_rule

    view = draft_at(typed_set(writer))
    words = vocabulary_of(view, queries.compiled(view), "vi")

    def typed(box: Box) -> dict[str, str]:
        """What a browser sends of a box."""
        sent = {f"{box.path}.{name}": value for name, value in box.values.items()}
        sent |= {f"{box.path}.kind": box.kind, f"{box.path}.shape": box.shape}
        sent |= {f"{box.path}.{box.shape}.{cell['key']}": cell["value"] for cell in box.cells}
        for row in box.rows:
            sent |= {f"{box.path}.by_region_year.{cell['key']}": cell["value"] for cell in row["cells"]}
        for part in box.parts:
            sent |= typed(part)
        return sent

    frozen = [standards.frozen_of(each.id) for each in standards.versions()]
    rules = [
        indicator["rule"]
        for each in frozen
        for criterion in each["criteria"]
        for indicator in criterion["indicators"]
    ]
    rules += [item["rule"] for each in frozen for item in each["standard"].get("prerequisites", [])]
    assert len(rules) > 200
    for rule in rules:
        again = read_rule(typed(box_of(rule, words)), words)
        assert _same(again) == _same(rule), rule


def _same(rule: Any) -> Any:
    """A rule with its numbers as numbers; what is unknown elsewhere may also be left out."""
    if isinstance(rule, dict):
        return {key: _same(value) for key, value in rule.items() if (key, value) != ("otherwise", "unknown")}
    if isinstance(rule, list):
        return [_same(each) for each in rule]
    return float(rule) if re.fullmatch(r"-?\d+(\.\d+)?", str(rule)) else rule


def test_a_rule_becomes_a_group_and_loses_a_part_without_being_saved(writer: Client) -> None:
    address = typed_set(writer)
    sent = BY_REGION | {"r__kind": "all_of", "r__was": "compare", "do": "again:r"}
    page = send(writer, f"{address}chi-tieu/?so=1.1", **sent).content.decode()
    assert 'name="r.0.by_region.TDMNPB" value="5"' in page
    assert 'name="r.1.kind"' in page
    parts = dict.fromkeys(("r__0__kind", "r__1__kind", "r__2__kind"), "compare")
    sent = {"code": "1.1", "r__kind": "any_of", **parts, "r__2__one": "7", "do": "drop:r.1"}
    page = send(writer, f"{address}chi-tieu/?so=1.1", **sent).content.decode()
    assert 'name="r.1.one" value="7"' in page
    assert 'name="r.2.kind"' not in page
    assert draft_at(address).number == 4


# The tree


def test_criteria_and_indicators_move_go_and_come_back(writer: Client) -> None:
    address = typed_set(writer)
    send(writer, f"{address}tieu-chi/", number="2", name="Kết nối")

    def numbers() -> list[str]:
        return [each["criterion"] for each in draft_at(address).content["criteria"]]

    send(writer, f"{address}sua/", do="up:criterion:2")
    assert numbers() == ["2", "1"]
    send(writer, f"{address}sua/", do="remove:criterion:1")
    assert numbers() == ["2"]
    send(writer, f"{address}sua/", do="undo")
    assert numbers() == ["2", "1"]
    send(writer, f"{address}sua/", do="undo")
    assert numbers() == ["1", "2"]
    assert "trở lại lần sửa 5" in text_of(writer.get(f"{address}lich-su/"))
    assert draft_at(address).content["criteria"][0]["indicators"][0]["code"] == "1.1"


def test_a_number_taken_already_is_refused(writer: Client) -> None:
    address = typed_set(writer)
    assert "Đã có tiêu chí 1" in text_of(send(writer, f"{address}tieu-chi/", number="1", name="Khác"))
    answer = send(writer, f"{address}chi-tieu/?tieu-chi=1", **BY_REGION)
    assert (answer.status_code, "Đã có chỉ tiêu 1.1" in text_of(answer)) == (422, True)


def test_a_measure_is_found_by_its_words_and_a_new_one_defined(writer: Client) -> None:
    address = typed_set(writer)
    assert "security_cameras" in text_of(writer.get(f"{address}so-do/?tim=camera an ninh"))
    answer = send(writer, f"{address}so-do/", name="Số vườn chè", kind="count", unit="")
    assert "Hãy ghi đơn vị" in text_of(answer)
    send(writer, f"{address}so-do/", name="Số vườn chè", kind="count", unit="vườn")
    assert [each["code"] for each in draft_at(address).content["measures"]] == ["so_vuon_che"]
    send(writer, f"{address}chi-tieu/?so=1.1", **(BY_REGION | {"r__measure": "số vườn chè"}))
    rule = draft_at(address).content["criteria"][0]["indicators"][0]["rule"]
    assert rule["compare"]["measure"] == "so_vuon_che"


# Comparing and publishing


def test_a_figure_marked_wrong_goes_back_to_the_writer(writer: Client, second: Client) -> None:
    address = typed_set(writer)
    page = second.get(f"{address}doi-chieu/?phan=1").content.decode()
    sent = {n: unescape(v) for n, v in re.findall(r'name="([kp]\.\d+)" value="([^"]*)"', page)}
    answer = second.post(f"{address}doi-chieu/?phan=1", sent | {"a.0": "no", "m.0": ""})
    assert (answer.status_code, FigureCheck.objects.count()) == (422, 0)
    assert "Hãy ghi rõ chỗ sai" in text_of(answer)
    second.post(f"{address}doi-chieu/?phan=1", sent | {"a.0": "no", "m.0": "Phụ lục ghi 6"})
    assert "Phụ lục ghi 6" in text_of(writer.get(address))
    assert "Phụ lục ghi 6" in text_of(second.get(f"{address}ban-hanh/"))


def test_publishing_past_the_page_is_refused_with_every_reason(writer: Client, second: Client) -> None:
    address = typed_set(writer)
    answer = second.post(f"{address}ban-hanh/", {"seen": draft_at(address).number})
    assert answer.status_code == 422
    assert "chưa được người thứ hai đối chiếu" in text_of(answer)
    answer = writer.post(f"{address}ban-hanh/", {"seen": draft_at(address).number})
    assert "Người ban hành phải là người khác" in text_of(answer)
    assert not standards.versions(code=NEW)


def test_a_published_set_is_amended_and_ended_by_drafts(writer: Client, second: Client) -> None:
    address = typed_set(writer)
    compare_all(second, address)
    second.post(f"{address}ban-hanh/", {"seen": draft_at(address).number})
    (one,) = standards.versions(code=NEW)
    later = begin(writer, **{"as": "amendment", "base": one.id, "version": "2026-01-01"})
    send(writer, f"{later}phan-dau/", **(HEAD | {"version": "2026-01-01", "from": "01/01/2026"}))
    page = text_of(second.get(f"{later}xem-truoc/"))
    assert "Hiệu lực: trước “từ 01/01/2023”, nay “từ 01/01/2026”" in page
    compare_all(second, later)
    assert "hết hiệu lực đúng ngày bản này bắt đầu" in text_of(second.get(f"{later}ban-hanh/"))
    number = draft_at(later).number
    assert "Sẽ có hai bản" in text_of(second.post(f"{later}ban-hanh/", {"seen": number}))
    answer = second.post(f"{later}ban-hanh/", {"seen": number, "end_former": "1"})
    assert answer.status_code == 302
    answer = writer.post(
        f"/bo-tieu-chi/{NEW}/het-hieu-luc/?phien-ban=2026-01-01", {"on": "1/6/2026", "number": ""}
    )
    assert "Hãy ghi số, ký hiệu văn bản" in text_of(answer)
    answer = writer.post(
        f"/bo-tieu-chi/{NEW}/het-hieu-luc/?phien-ban=2026-01-01",
        {"on": "1/6/2026", "number": "5/2026/QĐ-UBND"},
    )
    last = str(answer["Location"])
    compare_all(second, last)
    second.post(f"{last}ban-hanh/", {"seen": draft_at(last).number})
    ends = {each.version: each.in_force_to for each in standards.versions(code=NEW)}
    assert ends == {"2026-01-01": date(2026, 6, 1), "2023-01-01": date(2026, 1, 1)}


def test_a_province_fills_in_by_a_form_and_is_told_what_is_not_its_own(
    writer: Client, second: Client
) -> None:
    base = next(each.id for each in standards.versions(code=COMMUNE) if not each.province)
    address = begin(writer, **{"as": "overlay", "base": base, "version": "2022"})
    page = text_of(writer.get(f"{address}muc-cua-tinh/"))
    assert "2.1. Tỷ lệ đường xã" in page
    assert "4.2." not in page
    send(
        writer,
        f"{address}phan-dau/",
        **{"version": "2022", "from": "1/6/2022", "doc__0__number": "2/2022/QĐ-UBND"},
    )
    sent = {"m.2.1.0.value": "100", "m.2.2.0.value": "80,5", "seen": draft_at(address).number}
    assert writer.post(f"{address}muc-cua-tinh/", sent).status_code == 302
    assert [each["threshold"] for each in draft_at(address).content["overlay"]["fills"]] == ["100", "80.5"]
    compare_all(second, address)
    second.post(f"{address}ban-hanh/", {"seen": draft_at(address).number})
    assert [each.version for each in standards.versions(code=COMMUNE) if each.province == "19"]


# Files


def test_a_set_goes_out_by_the_page_and_comes_in_by_the_form(writer: Client) -> None:
    address = typed_set(writer)
    data = writer.get(f"{address[:-1]}.zip").content
    again = begin(writer, **{"as": "import", "file": SimpleUploadedFile("bo.zip", data)})
    assert draft_at(again).content["criteria"] == draft_at(address).content["criteria"]
    answer = writer.post(
        f"{again}nhap-tep/", {"seen": 1, "as": "all", "file": SimpleUploadedFile("bo.zip", b"PK\x03\x04x")}
    )
    assert (answer.status_code, "hỏng" in text_of(answer)) == (422, True)


def test_guidance_is_kept_by_its_digest_and_served_only_to_be_saved(writer: Client) -> None:
    file = SimpleUploadedFile("hướng dẫn <1>.pdf", PDF, content_type="text/html")
    sent = {"indicator": "4.2", "number": "12/HD-SNN", "issuer": "Sở Nông nghiệp", "issued_on": "1/2/2026"}
    answer = writer.post(f"/bo-tieu-chi/{MODEL}/huong-dan/", {**sent, "text": "Đếm theo hộ.", "file": file})
    assert answer.status_code == 302, text_of(answer)
    page = text_of(writer.get(f"/bo-tieu-chi/{MODEL}/"))
    assert "Sở Nông nghiệp, 01/02/2026" in page
    row = Guidance.objects.get()
    served = writer.get(f"/huong-dan/{row.pk}/")
    assert served.content == PDF
    assert served["Content-Type"] == "application/pdf"
    assert served["Content-Disposition"].startswith("attachment")
    assert served["X-Content-Type-Options"] == "nosniff"
    assert writer.post(f"/huong-dan/{row.pk}/thoi/").status_code == 302
    assert "12/HD-SNN" not in text_of(writer.get(f"/bo-tieu-chi/{MODEL}/"))
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"number": ""}, "Hãy ghi số, ký hiệu văn bản"),
        ({"issuer": " "}, "Hãy ghi cơ quan ban hành"),
        ({"issued_on": ""}, "Hãy ghi ngày ban hành"),
        ({"issued_on": "31/02/2026"}, "không có trong lịch"),
        ({"issued_on": "01/01/2999"}, "chưa đến"),
        ({"text": ""}, "Hãy ghi nội dung hướng dẫn, hoặc gửi tệp"),
        ({"indicator": "99.9"}, "Bộ này không có chỉ tiêu 99.9"),
        ({"number": "\x00", "issuer": "\x00"}, "Hãy ghi cơ quan ban hành"),
        ({"file": SimpleUploadedFile("a.pdf", b"<html>not a pdf")}, "không phải PDF"),
        ({"file": SimpleUploadedFile("a.docx", b"PK\x03\x04broken")}, "không phải PDF"),
    ],
)
def test_guidance_that_lacks_something_is_refused_and_nothing_is_lost(
    writer: Client, unchanged: Callable[..., Any], changed: dict[str, Any], told: str
) -> None:
    sent = {
        "indicator": "4.2",
        "number": "12/HD",
        "issuer": "Sở NN",
        "issued_on": "1/2/2026",
        "text": "Đếm hộ",
    }
    with unchanged():
        answer = writer.post(f"/bo-tieu-chi/{MODEL}/huong-dan/", sent | changed)
    assert answer.status_code == 422
    assert told in text_of(answer)
    if "number" not in changed:
        assert "12/HD" in answer.content.decode()


def test_the_list_asks_no_more_for_more_drafts(demo: Any, writer: Client, queries_of: Any) -> None:
    typed_set(writer)
    one = queries_of(lambda: writer.get("/soan-luat/"))
    place = territory.resolve("tỉnh Thái Nguyên").id
    for n in range(5):
        content = blank(code=f"thon-{n}", name=f"Thôn {n}", level="hamlet", province="19")
        actions.begin(by=SYSTEM, at=AT, place_id=place, content=content)
    assert queries_of(lambda: writer.get("/soan-luat/")) == one
    assert Draft.objects.count() == 6


def test_a_drafts_page_asks_a_fixed_number_of_queries(demo: Any, writer: Client, queries_of: Any) -> None:
    small = typed_set(writer)
    base = standards.adopted(COMMUNE).view.id
    large = begin(writer, **{"as": "copy", "base": base, "name": "Xã chép", "code": "xa-chep"})
    writer.get(large)
    assert queries_of(lambda: writer.get(large)) <= queries_of(lambda: writer.get(small)) + 4


# What changes for every place


def test_the_preview_says_who_would_rise_and_fall_and_writes_nothing(
    demo: Any, writer: Client, second: Client, unchanged: Callable[..., Any]
) -> None:
    address = typed_set(writer)
    compare_all(second, address)
    second.post(f"{address}ban-hanh/", {"seen": draft_at(address).number})
    (one,) = standards.versions(code=NEW)
    later = begin(writer, **{"as": "amendment", "base": one.id, "version": "2"})
    send(writer, f"{later}phan-dau/", **(HEAD | {"version": "2"}))
    send(writer, f"{later}chi-tieu/?so=1.1", **(BY_REGION | {"r__by_region__TDMNPB": "8"}))
    assert "Chỉ tiêu 1.1" in text_of(writer.get(f"{later}xem-truoc/"))
    with unchanged():
        page = text_of(writer.get(f"{later}xem-truoc/?voi={NEW}&ngay=01/03/2026"))
    assert "không còn đạt 1" in page, page
    assert re.search(r"xóm Khe Cốc [^.]* Đạt Chưa đạt", page), page
    assert "Đối chiếu với bản gốc lần cuối" not in page  # what was compared is no longer what it says
    page = text_of(writer.get(f"{later}xem-truoc/?voi={COMMUNE}"))
    assert "Hãy chọn bộ tiêu chí đang áp dụng để so" in page
    assert "không phải là một ngày" in text_of(writer.get(f"{later}xem-truoc/?voi={NEW}&ngay=x"))
