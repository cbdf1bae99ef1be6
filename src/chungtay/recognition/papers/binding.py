"""The whole dossier as one volume: cover, contents list, every component; every page numbered through."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from chungtay.recognition.papers.facts import Facts
from chungtay.recognition.papers.tables import digest_words
from paper import (
    A4_LANDSCAPE,
    Align,
    Cell,
    Column,
    Document,
    Fields,
    Note,
    Original,
    PageOf,
    Paragraph,
    Part,
    Run,
    Table,
    Volume,
)
from rulebook.procedure import Component
from viet.dates import format_day

_FRONT = 2  # the cover and the contents stand before the first component


@dataclass(frozen=True)
class Binding:
    """A component as it stands in the file: made by us, a file somebody brought, or a paper that lies somewhere.

    None of the three is missing. digest: SHA-256 of the original, in hexadecimal; location: where the paper lies.
    """

    component: Component
    documents: tuple[Document, ...] = ()
    original: Original | None = None
    location: str = ""
    digest: str = ""
    number: str = ""
    on: date | None = None
    notes: tuple[str, ...] = field(default=())

    @property
    def is_missing(self) -> bool:
        return not (self.documents or self.original or self.location)

    @property
    def state(self) -> str:
        if self.original:
            return "Tệp đưa lên"
        if self.location:
            return f"Bản gốc giấy: {self.location}"
        if self.documents:
            return "Lập từ số liệu"
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
            "; ".join((each.state, *each.notes)),
            "" if part is None else PageOf(part),
            digest_words(each.digest),
        )
        for at, (each, part) in enumerate(zip(bindings, pages, strict=True), 1)
    ]
    return Document(
        page=A4_LANDSCAPE,
        kind="Danh mục thành phần hồ sơ",
        subject=f"Đề nghị công nhận {facts.names.place.full} đạt chuẩn {facts.title} năm {facts.year}",
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
                    Column("Dấu số của bản gốc (SHA-256)", 2.1),
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
    names = facts.names
    return Document(
        kind="Hồ sơ",
        subject=f"Đề nghị công nhận {names.place.full}\nđạt chuẩn {facts.title} năm {facts.year}",
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
    """The volume; a component that is missing has its line in the contents and a page that says so."""
    parts: list[Part] = []
    begins: list[int | None] = []
    for at, each in enumerate(bindings, 1):
        begins.append(_FRONT + len(parts))
        parts += _parts(each, f"{at}. {each.component.name.vi}")
    return Volume(
        f"Hồ sơ đề nghị công nhận {facts.names.place.full} đạt chuẩn {facts.title} năm {facts.year}",
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
    else:
        yield Part(bookmark, _in_place_of(it, bookmark))


def _in_place_of(it: Binding, bookmark: str) -> Document:
    """The page that stands where the paper is not: where the original lies, or that there is none."""
    if it.location:
        fields = (
            ("Bản gốc giấy lưu tại", it.location),
            ("Số, ký hiệu", it.number),
            ("Ngày", format_day(it.on) if it.on else ""),
        )
        return Document(kind="Nơi lưu bản gốc", subject=bookmark, blocks=(Fields(fields),))
    return Document(
        kind="Thành phần còn thiếu" if it.component.required else "Không có",
        subject=bookmark,
        blocks=(
            Paragraph((Run("Chưa có giấy tờ này trong hồ sơ.", bold=True),)),
            Paragraph(f"Người ký: {it.component.signatory.vi}."),
        ),
    )
