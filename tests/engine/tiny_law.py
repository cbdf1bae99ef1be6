"""The smallest law that says one thing: a folder with one standard, one criterion and one rule, from YAML text.

A test names the rule and the figures it is about; everything else stands here.
"""
# ruff: noqa: E501 (a rule in YAML reads best on one line)

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from rulebook import Facts, Finding, Lawbook, judge, parse_tree, read_facts, read_law

DAY = date(2023, 12, 31)
STANDARD = "tiny-2021-2025"

MEASURES = """\
measures:
  - {code: power, name: {vi: Tỷ lệ hộ dùng điện, en: Power}, kind: percent, unit: {vi: "% số hộ", en: "% of households"}, of: {vi: hộ, en: households}}
  - {code: water, name: {vi: Tỷ lệ hộ dùng nước sạch, en: Water}, kind: percent, unit: {vi: "% số hộ", en: "% of households"}, of: {vi: hộ, en: households}}
  - {code: insured, name: {vi: Tỷ lệ tham gia bảo hiểm y tế, en: Insured}, kind: percent, unit: {vi: "% dân số", en: "% of people"}, of: {vi: người, en: people}, per: sex}
  - {code: good_schools, name: {vi: Số trường đạt chuẩn, en: Good schools}, kind: count, unit: {vi: trường, en: schools}}
  - {code: schools, name: {vi: Số trường, en: Schools}, kind: count, unit: {vi: trường, en: schools}}
  - {code: villages, name: {vi: Số làng nghề, en: Craft villages}, kind: count, unit: {vi: làng nghề, en: craft villages}}
  - {code: income, name: {vi: Thu nhập bình quân, en: Income}, kind: money, unit: {vi: triệu đồng, en: million dong}}
  - {code: district_income, name: {vi: Thu nhập bình quân cả huyện, en: District income}, kind: money, unit: {vi: triệu đồng, en: million dong}}
  - {code: growth, name: {vi: Mức tăng dân số, en: Growth}, kind: number, unit: {vi: "‰", en: "‰"}, negative: true}
  - {code: plan, name: {vi: Có quy hoạch được duyệt, en: Plan approved}, kind: flag}
  - {code: security, name: {vi: Xếp loại an ninh, en: Security}, kind: grade, grades: [{code: weak, vi: Yếu, en: Weak}, {code: fair, vi: Khá, en: Fair}, {code: good, vi: Tốt, en: Good}]}
"""
REGIONS = """\
regions: [{code: NORTH, vi: Miền Bắc, en: North}, {code: SOUTH, vi: Miền Nam, en: South}, {code: COAST, vi: Ven biển, en: Coast}]
classes: [{code: poor, vi: Đặc biệt khó khăn, en: Poor}, {code: island, vi: Xã đảo, en: Island}]
sectors: [{code: CT, vi: Công Thương, en: Industry and Trade}]
"""
INSTRUMENTS = "instruments: [{id: qd-1, number: 1/QĐ-TTg, issuer: Thủ tướng}, {id: qd-2, number: 2/QĐ-TTg}]\n"
HEAD = """\
standard: {id}
version: "2022-03-08"
name: {{vi: Bộ tiêu chí nhỏ, en: Tiny standard}}
title: {{vi: xã nhỏ, en: tiny commune}}
level: commune
status: {status}
period: {{from: 2021, to: 2025}}
in_force: {in_force}
instruments: [{{id: qd-1, part: {{vi: Phụ lục I, en: Annex I}}}}]
counts: {{criteria: {criteria}, indicators: {indicators}}}
"""
IN_FORCE = "{from: 2022-03-08, to: 2026-01-01, provenance: found}"
POWER = "compare: {measure: power, at_least: 95}"


def indicator(code: str, rule: str, *, threshold: str = "found", more: str = "") -> str:
    """One indicator on one line of flow YAML."""
    return (
        f'{{code: "{code}", text: {{vi: Chỉ tiêu {code}, en: Indicator {code}}}, '
        f"provenance: {{threshold: {threshold}}}, rule: {{{rule}}}{f', {more}' if more else ''}}}"
    )


def criterion(number: str, *indicators: str, more: str = "") -> str:
    """One criterion file."""
    head = f'criterion: "{number}"\nname: {{vi: Tiêu chí {number}, en: Criterion {number}}}\n{more}'
    return head + "indicators: [" + ", ".join(indicators) + "]\n"


def write_standard(
    folder: Path,
    criteria: Mapping[str, str],
    *,
    key: str = STANDARD,
    more: str = "",
    status: str = "law",
    in_force: str = IN_FORCE,
    counts: tuple[int, int] | None = None,
) -> None:
    (folder / "criteria").mkdir(parents=True, exist_ok=True)
    told = counts or (len(criteria), sum(text.count("{code: ") for text in criteria.values()))
    head = HEAD.format(id=key, status=status, in_force=in_force, criteria=told[0], indicators=told[1])
    (folder / "standard.yaml").write_text(head + more, encoding="utf-8")
    for name, text in criteria.items():
        (folder / "criteria" / f"{name}.yaml").write_text(text, encoding="utf-8")


def write_law(folder: Path) -> Path:
    """The words every tiny standard may use."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("measures", MEASURES), ("regions", REGIONS), ("instruments", INSTRUMENTS)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def tiny_book(
    rule: str = POWER,
    *,
    folder: Path | None = None,
    more: str = "",
    of_indicator: str = "",
    threshold: str = "found",
    criteria: Mapping[str, str] | None = None,
    others: Mapping[str, Mapping[str, str]] | None = None,
    status: str = "law",
    in_force: str = IN_FORCE,
) -> Lawbook:
    """A law with `rule` as its indicator 1.1. more: lines of standard.yaml; others: more standards' criteria by id."""
    with tempfile.TemporaryDirectory() as new:
        law = write_law(folder or Path(new) / "law")
        own = criteria or {
            "01": criterion("1", indicator("1.1", rule, threshold=threshold, more=of_indicator))
        }
        write_standard(law / "own", own, more=more, status=status, in_force=in_force)
        for other, texts in (others or {}).items():
            write_standard(law / other, texts, key=other)
        return read_law(law)


def read_figures(book: Lawbook, text: str, *, on: date = DAY) -> Facts:
    """Facts from the text of a facts file, or of its `facts:` mapping alone ("power: 95")."""
    if not text.startswith(("facts:", "place:", "children:", "stated:", "rulings:", "standards:", "source:")):
        text = f"facts: {{{text}}}"
    return read_facts(parse_tree(text.encode(), "facts.yaml"), book.measures, day=on)


def tiny_finding(
    book: Lawbook, figures: str = "", *, place: str = "", more: str = "", on: date = DAY
) -> Finding:
    """The finding of the tiny standard. place: e.g. "region: NORTH"; more: other blocks of the facts file."""
    text = f"facts: {{{figures}}}\n" + (f"place: {{{place}}}\n" if place else "") + more
    return judge(book.standard(STANDARD), read_figures(book, text, on=on), on=on)
