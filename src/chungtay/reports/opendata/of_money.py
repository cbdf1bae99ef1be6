"""Money and labour in sum, those who agreed to be named, and how often people were told and taught."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import ExtractYear

from chungtay.community.outreach.models import Kind as SessionKind
from chungtay.community.outreach.models import OutreachSession
from chungtay.community.recorded import STANDING
from chungtay.ledger.entries import views_of
from chungtay.ledger.kinds import MOBILISED, UNDOING, UNIT_OF, Act
from chungtay.ledger.kinds import Kind as EntryKind
from chungtay.ledger.models import Entry, Total
from chungtay.ledger.sources import Source
from chungtay.reports.opendata.columns import DONG, mark_column, missing_column, place_columns, why_empty
from chungtay.reports.opendata.shapes import Asked, Cell, Column, Key, Kind, Row, Table, codes_of
from chungtay.reports.opendata.walking import after, by_key, placed, places_named, within
from rulebook import Text

_SUMMED = (*MOBILISED, EntryKind.COMMITTED, EntryKind.SPENT)
_PROVENANCE = Text(
    "Sổ cái của từng thôn, xóm, xã: ai cũng tải được tệp công khai và kiểm lại từng dòng.",
    "The ledger of each place: anybody can download its public file and check every line.",
)


def _totals(asked: Asked) -> Iterator[Row]:
    found = within(Total.objects.filter(kind__in=_SUMMED), asked)
    if asked.year is not None:
        found = found.filter(year=asked.year)

    def write(rows: Sequence[Any]) -> Iterator[Sequence[Cell]]:
        known = places_named(row.place_id for row in rows)
        for row in rows:
            unit = (
                UNIT_OF.get(EntryKind(row.kind)) if row.kind in (EntryKind.LABOUR, EntryKind.LAND) else None
            )
            lacks = row.value_dong == 0 and row.unvalued > 0
            yield (
                *placed(row.place_id, known),
                row.year,
                row.source,
                row.kind,
                row.entries,
                None if lacks else row.value_dong,
                unit.amount(row.quantity) if unit else None,
                unit.word if unit else "",
                row.unvalued,
                row.mark,
                why_empty(not_valued=lacks),
            )

    return by_key(found, asked, write)


def _named(asked: Asked) -> Iterator[Row]:
    undone = Entry.objects.filter(act__in=UNDOING, of__isnull=False).values("of_id")
    found = within(Entry.objects.filter(gift__is_public=True, act__in=(Act.RECORD, Act.OPENING)), asked)
    found = found.exclude(pk__in=undone)
    if asked.year is not None:
        found = found.filter(year=asked.year)

    def write(rows: Sequence[Any]) -> Iterator[Sequence[Cell]]:
        known = places_named(row.place_id for row in rows)
        told = {each.id: each for each in views_of(found.filter(pk__in=[row.pk for row in rows]), None)}
        for row in rows:
            gift = told[row.pk]
            yield (
                row.pk,
                *placed(row.place_id, known),
                gift.on,
                gift.year,
                gift.giver,
                gift.source.value,
                gift.kind.value,
                gift.item,
                gift.quantity,
                gift.unit,
                gift.value_dong,
                gift.purpose,
                gift.mark,
                why_empty(not_valued=gift.value_dong is None, name_taken_off=not gift.giver),
            )

    return by_key(found, asked, write)


def _outreach(asked: Asked) -> Iterator[Row]:
    found = within(OutreachSession.objects.filter(STANDING), asked)
    if asked.after:
        found = found.filter(place_id__gte=asked.after[0])
    first, last = ExtractYear("held_from"), ExtractYear("held_to")
    counted = (
        found.values("place_id", "kind", "mark", first=first, last=last)
        .annotate(sessions=Count("pk"), people=Sum("attendances"), told=Count("attendances"))
        .order_by("place_id", "kind", "mark", "first", "last")
    )
    if asked.year is not None:
        counted = counted.filter(first__lte=asked.year, last__gte=asked.year)

    def every() -> Iterator[Row]:
        rows = counted.iterator(chunk_size=asked.at_once)
        for place_id, group in groupby(rows, key=lambda row: row["place_id"]):
            known = places_named([place_id])
            for row in group:
                key: Key = (place_id, row["kind"], row["mark"], row["first"], row["last"])
                uncounted = row["sessions"] - row["told"]
                yield (
                    key,
                    (
                        *placed(place_id, known),
                        row["kind"],
                        row["first"],
                        row["last"],
                        row["sessions"],
                        row["people"],
                        uncounted,
                        row["mark"],
                        why_empty(nobody_counted=row["people"] is None),
                    ),
                )

    return after(asked, every())


MONEY = Table(
    name="tien-theo-nguon",
    title=Text("Tiền, công, đất theo nguồn và năm", "Money, labour and land by source and year"),
    about=Text(
        "Tổng của mỗi địa bàn và mọi nơi bên dưới, theo năm, nguồn và hình thức. Cộng các dòng của "
        "một địa bàn, đừng cộng "
        "địa bàn với nơi bên dưới nó. Vốn cam kết và khoản chi không phải tiền huy động; vốn tín "
        "dụng không phải đóng góp.",
        "Sums of each place and all below it, by year, source and kind. Add up the rows of one "
        "place, never a place and "
        "those below it. Commitments and spending are not money raised; credit is no contribution.",
    ),
    columns=(
        *place_columns(),
        Column("year", Text("Năm", "Year"), Kind.INTEGER),
        Column("source", Text("Nguồn", "Source"), codes=codes_of(Source)),
        Column("kind", Text("Hình thức", "Kind"), codes={
            code: words for code, words in codes_of(EntryKind).items() if code in _SUMMED}),
        Column("entries", Text("Số khoản", "Entries"), Kind.INTEGER),
        Column("value_dong", Text("Giá trị", "Value"), Kind.INTEGER, DONG),
        Column("quantity", Text("Lượng", "Quantity"), Kind.DECIMAL),
        Column("unit", Text("Đơn vị", "Unit")),
        Column("unvalued", Text("Số khoản chưa biết giá trị", "Entries of unknown value"), Kind.INTEGER,
               about=Text("Không nằm trong cột giá trị.", "Not in the value.")),
        mark_column(),
        missing_column({
            "not_valued": Text("chưa khoản nào quy đổi được ra tiền", "nothing of it could be valued yet")}),
    ),
    rows=_totals,
    key=("place_id", "year", "source", "kind", "mark"),
    deeds=("ledger.", "territory."),
    filters=("place", "year"),
    provenance=_PROVENANCE,
)  # fmt: skip

NAMED = Table(
    name="dong-gop-neu-ten",
    title=Text("Đóng góp của người đồng ý nêu tên", "Gifts of those who agreed to be named"),
    about=Text(
        "Chỉ những khoản mà người đóng góp đã đồng ý nêu tên. Ai đổi ý thì tên được rút khỏi đây. "
        "Đây không phải toàn bộ "
        "đóng góp: tổng số ở bảng tien-theo-nguon.",
        "Only gifts whose giver agreed to be named. Whoever changes their mind is taken off. These "
        "are not all gifts: the "
        "sums stand in tien-theo-nguon.",
    ),
    columns=(
        Column("entry_id", Text("Số dòng sổ", "Entry number"), Kind.INTEGER),
        *place_columns(),
        Column("on", Text("Ngày", "Day"), Kind.DAY),
        Column("year", Text("Năm", "Year"), Kind.INTEGER),
        Column("giver", Text("Người đóng góp", "Giver")),
        Column("source", Text("Nguồn", "Source"), codes=codes_of(Source)),
        Column("kind", Text("Hình thức", "Kind"), codes=codes_of(EntryKind)),
        Column("item", Text("Hiện vật", "Goods")),
        Column("quantity", Text("Lượng", "Quantity"), Kind.DECIMAL),
        Column("unit", Text("Đơn vị", "Unit")),
        Column("value_dong", Text("Giá trị", "Value"), Kind.INTEGER, DONG),
        Column("purpose", Text("Cho việc", "Purpose")),
        mark_column(),
        missing_column({
            "not_valued": Text("chưa quy đổi được ra tiền", "not valued yet"),
            "name_taken_off": Text("tên đã rút theo yêu cầu", "the name was taken off at the giver's request"),
        }),
    ),
    rows=_named,
    key=("entry_id",),
    deeds=("ledger.", "territory."),
    filters=("place", "year"),
    provenance=_PROVENANCE,
)  # fmt: skip

OUTREACH = Table(
    name="tuyen-truyen",
    title=Text("Tuyên truyền, tập huấn", "Outreach and training"),
    about=Text(
        "Số cuộc và lượt người dự ở từng địa bàn. Tuyên truyền và tập huấn không cộng với nhau. "
        "Cuộc chỉ biết trong một "
        "quãng thời gian thì ghi năm đầu và năm cuối của quãng ấy.",
        "Sessions and attendances at each place. Outreach and training are never added. A session "
        "known only to lie in a "
        "stretch of time bears the first and the last year of it.",
    ),
    columns=(
        *place_columns(),
        Column("kind", Text("Loại", "Kind"), codes=codes_of(SessionKind)),
        Column("first_year", Text("Từ năm", "From year"), Kind.INTEGER),
        Column("last_year", Text("đến năm", "to year"), Kind.INTEGER),
        Column("sessions", Text("Số cuộc", "Sessions"), Kind.INTEGER),
        Column("attendances", Text("Lượt người dự", "Attendances"), Kind.INTEGER,
               about=Text("Của những cuộc có đếm.", "Of the sessions at which somebody counted.")),
        Column("uncounted", Text("Số cuộc không đếm người", "Sessions nobody counted at"), Kind.INTEGER),
        mark_column(),
        missing_column({"nobody_counted": Text("không cuộc nào có đếm", "nobody counted at any of them")}),
    ),
    rows=_outreach,
    key=("place_id", "kind", "mark", "first_year", "last_year"),
    deeds=("community.", "territory."),
    filters=("place", "year"),
    provenance=Text("Sổ theo dõi của từng địa bàn và các báo cáo nêu nguồn.",
                    "The book of sessions of each place, and the reports it names."),
)  # fmt: skip

TABLES = (MONEY, NAMED, OUTREACH)
