"""Sets out and in as the YAML files of law/: what goes out comes in again with the same digest."""

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from chungtay.core.actors import SystemActor
from chungtay.core.refusals import Refusal
from chungtay.standards import queries as standards
from chungtay.standards.desk import actions, carrying, queries
from chungtay.standards.desk.content import Content, blank
from chungtay.territory import queries as territory
from rulebook import Lawbook, check_law, read_law

SYSTEM = SystemActor(label="Người dựng thử")
AT = datetime.fromisoformat("2026-03-02T09:00:00+07:00")
MODEL = "xom-kieu-mau-thai-nguyen"


def draft_of(content: Content, kind: str = "standard", **more: Any) -> queries.DraftView:
    """The contents as a draft of whoever's law they are."""
    head = content.get("standard") or content["overlay"]
    nation = territory.ancestors(territory.resolve("tỉnh Thái Nguyên").id, AT.date())[0].id
    code = str(head.get("province", ""))
    place = territory.resolve(f"mã:{code}").id if code in ("19", "20") else nation
    draft_id = actions.begin(by=SYSTEM, at=AT, place_id=place, content=content, kind=kind, **more)
    return queries.draft(draft_id)


def zipped(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/") + ".yaml", text)
    return out.getvalue()


def test_every_standard_of_the_law_goes_out_and_comes_in_with_the_same_digest(demo: Any) -> None:
    known = standards.versions()
    assert len(known) > 10
    for view in known:
        _, data = carrying.export_adopted(view.id)
        kind, content = carrying.read_upload("bo.zip", data)
        assert kind == "standard"
        compiled = queries.compile_draft(content, kind, None, view.province)
        assert [str(each) for each in compiled.problems] == []
        assert compiled.standard is not None
        assert compiled.standard.digest == view.digest, view.code


def test_what_goes_out_stands_unpacked_as_a_folder_of_law(demo: Any, tmp_path: Path, law: Lawbook) -> None:
    view = standards.adopted(MODEL).view
    name, data = carrying.export_adopted(view.id)
    assert name == f"{MODEL}.zip"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(tmp_path)
    book = read_law(tmp_path)
    assert check_law(book) == []
    assert book.standards[MODEL].digest == law.standards[MODEL].digest


def test_the_same_contents_make_the_same_file(demo: Any) -> None:
    view = standards.adopted(MODEL).view
    assert carrying.export_adopted(view.id) == carrying.export_adopted(view.id)


def test_a_draft_goes_out_and_comes_in_as_it_was(demo: Any) -> None:
    _, content = carrying.read_upload("bo.zip", carrying.export_adopted(standards.adopted(MODEL).view.id)[1])
    view = draft_of(content)
    _, again = carrying.read_upload("bo.zip", carrying.export_draft(view)[1])
    assert again == view.content


def test_an_unfinished_draft_goes_out_as_it_was_typed(demo: Any) -> None:
    view = draft_of(blank(code="thon-thu", name="Thôn: “thử” #1", level="hamlet", province="19"))
    _, again = carrying.read_upload("bo.zip", carrying.export_draft(view)[1])
    assert again["standard"] == view.content["standard"]


def test_what_a_province_fills_in_goes_out_and_comes_in(demo: Any) -> None:
    overlay = {
        "overlay": "xa-ntm-2021-2025",
        "province": "19",
        "version": "2022",
        "in_force": {"from": "2022-06-01", "to": "open", "provenance": "recalled"},
        "instruments": [{"id": "qd-2"}],
        "fills": [{"indicator": "2.1", "threshold": "100", "provenance": {"threshold": "recalled"}}],
    }
    content = {
        "overlay": overlay,
        "measures": [],
        "instruments": [{"id": "qd-2", "number": "2/2022/QĐ-UBND"}],
    }
    base = standards.adopted("xa-ntm-2021-2025").view.id
    view = draft_of(content, "overlay", base_id=base)
    kind, again = carrying.read_upload("bo.zip", carrying.export_draft(view)[1])
    assert (kind, again) == ("overlay", view.content)
    one, alone = carrying.read_upload("xa.yaml", _file(carrying.export_draft(view)[1], "overlays"))
    assert (one, alone["overlay"]) == ("overlay", view.content["overlay"])


def test_one_criterion_comes_into_a_draft_in_place_of_the_one_of_its_number(demo: Any) -> None:
    _, data = carrying.export_adopted(standards.adopted(MODEL).view.id)
    _, content = carrying.read_upload("bo.zip", data)
    changed = _file(data, "criteria/01").decode().replace("name:", "group: G9\nname:", 1).encode()
    whole = carrying.add_upload(content, "01.yaml", changed)
    assert whole["criteria"][0]["group"] == "G9"
    assert whole["criteria"][1:] == content["criteria"][1:]
    assert "group" not in content["criteria"][0]


def _file(data: bytes, part: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(next(name for name in archive.namelist() if part in name))


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("bo.zip", b"PK\x03\x04 not a zip", "hỏng"),
        ("bo.docx", b"hello", "Chỉ nhận tệp .zip"),
        ("bo.yaml", b"standard: [", "YAML viết sai"),
        ("bo.yaml", "standard: x".encode("utf-16"), "UTF-8"),
        ("bo.yaml", b"a: &x 1\nb: *x", "neo hoặc bí danh"),
        ("bo.yaml", b"a: 1", "không có tệp standard.yaml"),
        ("bo.yaml", b"x" * 5_000_001, "quá lớn"),
        ("bo.zip", zipped(a__standard="standard: a", b__standard="standard: b"), "có 2 bộ"),
        ("bo.zip", zipped(a="- 1"), "không có tệp standard.yaml"),
    ],
)
def test_a_file_that_is_no_set_is_refused_with_a_sentence(
    demo: Any, name: str, data: bytes, told: str
) -> None:
    with pytest.raises(Refusal, match=told):
        carrying.read_upload(name, data)


def test_an_archive_that_swells_is_refused(demo: Any) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("standard.yaml", b" " * 50_000_000)
    assert len(out.getvalue()) < 100_000
    with pytest.raises(Refusal, match="bung ra quá lớn"):
        carrying.read_upload("bo.zip", out.getvalue())


def test_every_file_that_does_not_read_is_named(demo: Any) -> None:
    with pytest.raises(Refusal) as told:
        carrying.read_upload("bo.zip", zipped(standard="standard: [", measures="a: {", regions="ok: 1"))
    assert [str(fault).split(":")[0] for fault in told.value.faults] == ["measures.yaml", "standard.yaml"]


def test_a_day_typed_into_a_file_by_hand_stays_a_problem_of_the_draft(demo: Any) -> None:
    _, content = carrying.read_upload("s.yaml", b"standard: thon-x\nin_force: {from: 01/02/2023}")
    view = draft_of({**content, "standard": {**content["standard"], "province": "19"}})
    told = [problem.what for problem in queries.compiled(view).problems]
    assert "thiếu mục “to”" in told
    assert queries.draft(view.id).content["standard"]["in_force"] == {"from": "01/02/2023"}
