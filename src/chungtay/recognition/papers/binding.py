"""The whole dossier as one volume: cover, contents list, every component; every page numbered through."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chungtay.recognition.papers.facts import Facts
from chungtay.recognition.papers.offices import office_of
from chungtay.recognition.papers.tables import digest_words
from paper import (
    A4_LANDSCAPE,
    Align,
    Cell,
    Column,
    Document,
    Fields,
    Letterhead,
    Note,
    Original,
    PageOf,
    Paragraph,
    Part,
    Run,
    Table,
    Volume,
)
from rulebook.procedure import Component, Verb
from viet.dates import format_day

_FRONT = 2  # the cover and the contents stand before the first component


class Held(StrEnum):
    """How a component is there: made by us, a file somebody brought, a paper that lies somewhere, or not at all."""

    MADE = "made"
    BROUGHT = "brought"
    LOCATED = "located"
    MISSING = "missing"


@dataclass(frozen=True)
class Binding:
    """A component as it stands in the file. documents, original: its pages, for the volume; without them a page says
    where it is, or why it is not there (note).

    digest: SHA-256 of the original, in hexadecimal. name: of the file, or the number and kind of the paper.
    """

    component: Component
    held: Held = Held.MISSING
    documents: tuple[Document, ...] = ()
    original: Original | None = None
    name: str = ""
    location: str = ""
    on: date | None = None
    digest: str = ""
    note: str = ""

    @property
    def state(self) -> str:
        match self.held:
            case Held.MADE:
                return "Lập từ số liệu"
            case Held.BROUGHT:
                return f"Tệp đưa lên: {self.name}"
            case Held.LOCATED:
                return f"Bản gốc giấy: {self.location}"
            case Held.MISSING:
                return "Còn thiếu" if self.component.required else "Không bắt buộc, chưa có"


def contents(facts: Facts, bindings: Sequence[Binding], *, paged: Sequence[int | None] = ()) -> Document:
    """Danh mục thành phần hồ sơ, with the digest of every original. paged: the part of a volume each begins with."""
    pages = [*paged, *[None] * len(bindings)][: len(bindings)]
    rows: list[tuple[Cell, ...]] = [
        (
            at,
            each.component.name.vi,
            each.component.form,
            facts.procedure.roles[each.component.producer].name.vi,
            each.component.signatory.vi,
            each.state,
            "" if part is None else PageOf(part),
            digest_words(each.digest),
        )
        for at, (each, part) in enumerate(zip(bindings, pages, strict=True), 1)
    ]
    return Document(
        page=A4_LANDSCAPE,
        kind="Danh mục thành phần hồ sơ",
        subject=f"Đề nghị công nhận {facts.names.place.full} {facts.achieving} năm {facts.year}",
        blocks=(
            Table(
                (
                    Column("TT", 0.35, Align.CENTRE),
                    Column("Thành phần", 2.5),
                    Column("Mẫu", 0.6, Align.CENTRE),
                    Column("Cơ quan lập", 1.3),
                    Column("Người ký", 1.3),
                    Column("Tình trạng", 1.6),
                    Column("Trang", 0.5, Align.CENTRE),
                    Column("Dấu số SHA-256 của bản gốc", 2.4),
                ),
                tuple(rows),
                size_pt=10,
                name="Danh mục",
            ),
            Note(
                "Dấu số là dãy SHA-256 của tệp gốc: tệp bị sửa một ký tự thì dấu số khác đi. Trang chụp trong tập này "
                "không thay bản gốc; chữ ký số, nếu có, nằm trong tệp gốc."
            ),
        ),
        marks=facts.marks,
        foot=facts.foot,
    )


def cover(facts: Facts) -> Document:
    """In the name of whoever first submits the dossier."""
    names, steps = facts.names, facts.procedure.in_order
    office = office_of(next(each.by[0] for each in steps if each.verb is Verb.SUBMIT), facts)
    return Document(
        letterhead=Letterhead(office.issuer, office.above),
        kind="Hồ sơ",
        subject=f"Đề nghị công nhận {names.place.full}\n{facts.achieving} năm {facts.year}",
        blocks=(
            Fields(
                (
                    ("Nơi đề nghị công nhận", names.whole),
                    ("Bộ tiêu chí", facts.standard),
                    ("Trình tự, thủ tục", facts.procedure.name.vi),
                    ("Số liệu đến ngày", format_day(facts.on)),
                )
            ),
        ),
        marks=facts.marks,
        foot=facts.foot,
    )


def bound(facts: Facts, bindings: Sequence[Binding]) -> Volume:
    """The volume; a component that is missing has its line in the contents, a required one a page that says so."""
    parts: list[Part] = []
    begins: list[int | None] = []
    for at, each in enumerate(bindings, 1):
        own = list(_parts(each, f"{at}. {each.component.name.vi}"))
        begins.append(_FRONT + len(parts) if own else None)
        parts += own
    return Volume(
        f"Hồ sơ đề nghị công nhận {facts.names.place.full} {facts.achieving} năm {facts.year}",
        (
            Part("Bìa", cover(facts)),
            Part("Danh mục thành phần hồ sơ", contents(facts, bindings, paged=begins)),
            *parts,
        ),
    )


def _parts(it: Binding, bookmark: str) -> Iterable[Part]:
    if it.original:
        yield Part(bookmark, it.original)
    elif it.documents:
        for at, document in enumerate(it.documents):
            yield Part(bookmark if at == 0 else f"{bookmark}: {document.kind.lower()}", document)
    elif it.held is not Held.MISSING or it.component.required:
        yield Part(bookmark, _in_place_of(it, bookmark))


def _in_place_of(it: Binding, bookmark: str) -> Document:
    """The page that stands where the paper is not: where the original lies, or that there is none."""
    if it.held is Held.MISSING:
        return Document(
            kind="Thành phần còn thiếu",
            subject=bookmark,
            blocks=(
                Paragraph((Run("Chưa có giấy tờ này trong hồ sơ.", bold=True),)),
                Paragraph(f"Người ký: {it.component.signatory.vi}."),
            ),
        )
    where = (
        ("Bản gốc giấy lưu tại", it.location)
        if it.held is Held.LOCATED
        else ("Lý do không in ở đây", it.note)
    )
    fields = (
        ("Tên, số, ký hiệu", it.name),
        ("Ngày", format_day(it.on) if it.on else ""),
        where,
        ("Dấu số (SHA-256)", digest_words(it.digest)),
    )
    return Document(kind="Nơi lưu bản gốc", subject=bookmark, blocks=(Fields(fields),))
