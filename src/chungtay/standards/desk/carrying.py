"""Standards out and in as the YAML files of law/: one .zip, or one file.

What is exported reads with `python -m rulebook check` once unpacked, and importing it gives the same digest.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from copy import deepcopy
from pathlib import PurePosixPath
from typing import Any

from chungtay.core import packages
from chungtay.core.packages import Unsafe, Why
from chungtay.core.refusals import Fault, Refusal
from chungtay.standards import queries as standards
from chungtay.standards.desk.checks import content_of
from chungtay.standards.desk.compiling import book_of_law
from chungtay.standards.desk.content import OVERLAY, STANDARD, Content, Plain, fields, items, text_of
from chungtay.standards.desk.queries import DraftView, compiled
from rulebook import Bad, Problem, parse_tree
from rulebook.edges import edge_cases
from rulebook.loading.cases import plain_case
from rulebook.loading.writing import write_yaml
from rulebook.rules import measures_of
from rulebook.standard import Standard
from viet.letters import fold

MAX_BYTES = 5_000_000
MAX_FILES = 500
_MADE = "Xuất từ Chung Tay. Mẫu: law/README.md"
_ON = (2000, 1, 1, 0, 0, 0)  # the same contents make the same file
_FIXED = ("kind", "decimals", "per", "grades", "unit")


def export_draft(view: DraftView) -> tuple[str, bytes]:
    """A draft as (file name, .zip). One that cannot be read yet goes out as it was typed."""
    if view.kind == OVERLAY:
        overlay = fields(view.content[OVERLAY])
        code = str(overlay.get("overlay", "")) or "bo-sung"
        name = f"provinces/{overlay.get('province', '00')}/overlays/{code}.yaml"
        return f"{_slug(code)}-bo-sung.zip", _zip([(name, overlay), *_beside(view.content, [])])
    return _whole(view.content, compiled(view).standard)


def export_adopted(version_id: int) -> tuple[str, bytes]:
    """An adopted version as (file name, .zip)."""
    frozen = standards.frozen_of(version_id)
    content = {**content_of(frozen), "measures": frozen["measures"]}
    return _whole(content, standards.by_id(version_id).standard)


def _whole(content: Content, standard: Standard | None) -> tuple[str, bytes]:
    code = str(fields(content[STANDARD]).get("standard", "")) or "du-thao"
    folder = _slug(code)
    written: list[tuple[str, Any]] = [(f"{folder}/standard.yaml", content[STANDARD])]
    cases = items(content["cases"])
    if standard is not None and not cases:
        book = book_of_law()
        cases = [plain_case(each) for each in edge_cases(standard, book.names, tuple(book.regions))]
    used: list[Plain] = []
    if standard is not None:
        asked = [each.rule for each in (*standard.indicators, *standard.prerequisites)]
        asked += [each.excuse.rule for each in (*standard.indicators, *standard.prerequisites) if each.excuse]
        used = _definitions({m.code for rule in asked for m, _ in measures_of(rule, below=True)})
    for n, criterion in enumerate(items(content["criteria"]), 1):
        own = fields(criterion)
        name = f"{n:02d}-{_slug(text_of(own.get('name')))}.yaml"
        written.append((f"{folder}/criteria/{name}", own))
        codes = {str(fields(each).get("code")) for each in items(own.get("indicators"))}
        codes.add(f"criterion {own.get('criterion')}")
        here = [each for each in cases if next(iter(fields(fields(each).get("expect"))), "") in codes]
        if here:
            written.append((f"{folder}/cases/{name}", {"cases": here}))
            cases = [each for each in cases if each not in here]
    if cases:
        written.append((f"{folder}/cases/00-ca-bo.yaml", {"cases": cases}))
    return f"{folder}.zip", _zip([*written, *_beside(content, used)])


def _beside(content: Content, used: list[Plain]) -> list[tuple[str, Any]]:
    """The measures, instruments and words that the files lean on."""
    own = {str(fields(each).get("code")): fields(each) for each in items(content["measures"])}
    measures = {str(each["code"]): each for each in used} | own
    book = book_of_law()
    words = {kind: list(book.plain[kind].values()) for kind in ("regions", "classes", "sectors")}
    return [
        ("measures.yaml", {"measures": [measures[code] for code in sorted(measures)]}),
        ("instruments.yaml", {"instruments": content["instruments"]}),
        ("regions.yaml", words),
    ]


def _definitions(codes: Iterable[str]) -> list[Plain]:
    known = book_of_law().plain["measures"]
    return [known[code] for code in sorted(codes) if code in known]


def _zip(files: Iterable[tuple[str, Any]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, plain in files:
            archive.writestr(zipfile.ZipInfo(name, _ON), write_yaml(plain, comment=_MADE))
    return out.getvalue()


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-")[:60] or "tieu-chi"


# --- in ---------------------------------------------------------------------------------------------------------


def read_upload(name: str, data: bytes) -> tuple[str, Content]:
    """(kind, contents) of an uploaded .zip or YAML file. A Refusal tells every file that does not read."""
    if len(data) > MAX_BYTES:
        raise Refusal(
            Fault("Tệp quá lớn (hơn 5 MB). Không bộ tiêu chí nào lớn thế; hãy xem lại tệp.", "file")
        )
    if data[:4] == b"PK\x03\x04":
        return _sorted_out(_unzipped(data))
    if not name.lower().endswith((".yaml", ".yml")):
        raise Refusal(
            Fault("Chỉ nhận tệp .zip xuất từ đây, hoặc một tệp .yaml theo mẫu trong law/README.md.", "file")
        )
    return _sorted_out({name: data})


def add_upload(content: Content, name: str, data: bytes) -> Content:
    """The contents of a draft with an uploaded criterion put in: in place of the one of its number, else last."""
    plain = _plain({name: data})[name]
    if "criterion" not in plain:
        raise Refusal(Fault("Tệp này không phải một tiêu chí (không có mục criterion).", "file"))
    whole = deepcopy(content)
    numbers = [fields(each).get("criterion") for each in whole["criteria"]]
    if plain["criterion"] in numbers:
        whole["criteria"][numbers.index(plain["criterion"])] = plain
    else:
        whole["criteria"].append(plain)
    return whole


def _unzipped(data: bytes) -> dict[str, bytes]:
    """The YAML files of an archive."""
    try:
        with packages.opened(data, parts=MAX_FILES, unpacked=MAX_BYTES) as archive:
            found = {
                info.filename: archive.read(info)
                for info in archive.infolist()
                if not info.is_dir() and info.filename.lower().endswith((".yaml", ".yml"))
            }
    except Unsafe as unsafe:
        if unsafe.why is Why.SWELLS:
            told = "Tệp nén bung ra quá lớn để là một bộ tiêu chí. Hãy xem lại tệp."
        else:
            told = "Tệp nén hỏng hoặc có mật khẩu, không mở được. Hãy nén lại rồi gửi."
        raise Refusal(Fault(told, "file")) from None
    if not found:
        raise Refusal(Fault("Trong tệp nén không có tệp .yaml nào. Hãy chọn tệp xuất từ đây.", "file"))
    return found


def _plain(files: dict[str, bytes]) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    wrong: list[Problem] = []
    for name, data in sorted(files.items()):
        try:
            plain[name] = fields(parse_tree(data, name).plain())
        except Bad as bad:
            wrong += bad.problems
    if wrong:
        raise Refusal(*(Fault(str(problem), "file") for problem in wrong))
    return plain


def _sorted_out(files: dict[str, bytes]) -> tuple[str, Content]:
    plain = _plain(files)
    heads = [name for name, each in plain.items() if "standard" in each and "criterion" not in each]
    overlays = [name for name, each in plain.items() if OVERLAY in each]
    if len(heads) + len(overlays) != 1:
        listed = ", ".join((heads + overlays)[:6])
        told = (
            f"có {len(heads) + len(overlays)} bộ ({listed})" if listed else "không có tệp standard.yaml nào"
        )
        raise Refusal(
            Fault(f"Mỗi lần nhập một bộ tiêu chí; trong tệp này {told}. Hãy tách riêng từng bộ.", "file")
        )
    measures = _listed(plain, "measures")
    known = book_of_law().plain["measures"]
    own = [each for each in measures if not _is_known(each, known)]
    cited = _listed(plain, "instruments")
    if overlays:
        overlay = plain[overlays[0]]
        return OVERLAY, {OVERLAY: overlay, "measures": own, "instruments": _cited(overlay, cited)}
    head = plain[heads[0]]
    folder = PurePosixPath(heads[0]).parent
    below = {
        part: [plain[name] for name in sorted(plain) if PurePosixPath(name).parent == folder / part]
        for part in ("criteria", "cases")
    }
    return STANDARD, {
        "standard": head,
        "criteria": below["criteria"],
        "cases": [each for file in below["cases"] for each in items(file.get("cases"))],
        "measures": own,
        "instruments": _cited(head, cited),
    }


def _listed(plain: dict[str, Any], key: str) -> list[Plain]:
    """The entries of measures.yaml or instruments.yaml, which have no other first key."""
    beside = [file for file in plain.values() if STANDARD not in file and OVERLAY not in file]
    return [fields(each) for file in beside for each in items(file.get(key))]


def _is_known(measure: Plain, known: dict[str, Any]) -> bool:
    """Whether the catalogue has it with the same meaning; its words are then those of the catalogue."""
    there = known.get(str(measure.get("code")))
    return there is not None and all(there.get(key) == measure.get(key) for key in _FIXED)


def _cited(head: Plain, instruments: list[Plain]) -> list[Plain]:
    ids = {fields(each).get("id") for key in ("instruments", "amendments") for each in items(head.get(key))}
    return [each for each in instruments if each.get("id") in ids]
