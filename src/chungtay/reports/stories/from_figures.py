"""What the figures of a place say: for each measure asked, its newest figure begun by the last day. Three queries."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from chungtay.figures import queries as figures
from chungtay.figures.queries import FigureView
from chungtay.figures.states import State
from chungtay.reports.stories.facts import NO_UNIT, Fact, Of, Record, Span, Subject, Text, Unit, Value
from chungtay.territory.queries import PlaceView
from rulebook import Measure, Share
from rulebook.measures import Kind

SMALL: Final = ("hamlet", "area")
COMMUNE: Final = ("commune",)
ABOVE: Final = ("district", "province")
ALL: Final = (*SMALL, *COMMUNE, *ABOVE)
HOUSEHOLDS: Final = Unit("hộ", "households", "household")


@dataclass(frozen=True)
class Asked:
    """One measure asked of places of those levels. code: of the fact. unit: in place of the measure's own."""

    code: str
    measure: str
    subject: Subject
    label: Text
    levels: tuple[str, ...] = ALL
    unit: Unit | None = None


ASKED: Final = (
    Asked("households", "households", Subject.PLACE, Text("Số hộ", "Households"), ALL, HOUSEHOLDS),
    Asked(
        "population",
        "population",
        Subject.PLACE,
        Text("Nhân khẩu", "Population"),
        ALL,
        Unit("nhân khẩu", "people", "person"),
    ),
    Asked("income", "income_per_capita", Subject.PLACE, Text("Thu nhập bình quân", "Average income")),
    Asked(
        "poor_households",
        "poor_households",
        Subject.PLACE,
        Text("Hộ nghèo", "Poor households"),
        ALL,
        Unit("hộ nghèo", "poor households", "poor household"),
    ),
    Asked(
        "democracy",
        "board_follows_democracy",
        Subject.TOGETHER,
        Text("Dân chủ ở cơ sở", "Grassroots democracy"),
        SMALL,
    ),
    Asked(
        "concrete_road",
        "concrete_road_length",
        Subject.BUILT,
        Text("Đường bê tông", "Concrete road"),
        SMALL,
        Unit("km đường bê tông", "km of concrete road"),
    ),
    Asked(
        "bright_road_share",
        "hamlet_roads_bright_clean_share",
        Subject.BUILT,
        Text("Đường xóm sáng, xanh, sạch, đẹp", "Roads bright, green, clean, beautiful"),
        SMALL,
        Unit("% đường xóm, ngõ xóm", "% of hamlet roads and lanes"),
    ),
    Asked(
        "paved_share",
        "hamlet_main_roads_paved_share",
        Subject.BUILT,
        Text("Tỷ lệ đường được cứng hóa", "Share of roads paved"),
        SMALL,
    ),
    Asked(
        "culture_house", "culture_house_equipped", Subject.BUILT, Text("Nhà văn hóa", "Culture house"), SMALL
    ),
    Asked("cameras", "security_cameras", Subject.BUILT, Text("Camera an ninh", "Security cameras"), SMALL),
    Asked(
        "cameras_linked",
        "cameras_linked",
        Subject.BUILT,
        Text("Camera nối với xã", "Cameras linked to the commune"),
        SMALL,
    ),
    Asked(
        "fibre_share",
        "fibre_households_share",
        Subject.BUILT,
        Text("Hộ có cáp quang", "Households with fibre"),
        SMALL,
        Unit("% số hộ có cáp quang", "% of households with fibre"),
    ),
    Asked(
        "mobile_share",
        "mobile_households_share",
        Subject.BUILT,
        Text("Hộ có di động 4G/5G", "Households with 4G/5G"),
        SMALL,
        Unit("% số hộ có di động 4G/5G", "% of households with 4G/5G"),
    ),
    Asked("map", "direction_map", Subject.BUILT, Text("Sơ đồ hạ tầng", "Infrastructure map"), SMALL),
    Asked(
        "commune_roads_share",
        "commune_roads_paved_share",
        Subject.BUILT,
        Text("Đường xã được cứng hóa", "Commune roads paved"),
        COMMUNE,
    ),
    Asked(
        "hamlet_roads_share",
        "hamlet_roads_hardened_share",
        Subject.BUILT,
        Text("Đường thôn được cứng hóa", "Hamlet roads hardened"),
        COMMUNE,
    ),
    Asked(
        "communes",
        "communes_total",
        Subject.PLACE,
        Text("Số xã", "Communes"),
        ABOVE,
        Unit("xã", "communes", "commune"),
    ),
    Asked(
        "communes_standard",
        "communes_meeting_ntm",
        Subject.RECOGNISED,
        Text("Xã đạt chuẩn nông thôn mới", "Communes meeting the standard"),
        ABOVE,
        Unit("xã", "communes", "commune"),
    ),
    Asked(
        "communes_advanced",
        "communes_meeting_advanced",
        Subject.RECOGNISED,
        Text("Xã đạt chuẩn nâng cao", "Communes meeting the advanced standard"),
        ABOVE,
        Unit("xã", "communes", "commune"),
    ),
    Asked(
        "groups",
        "cooperatives_and_groups_effective",
        Subject.LIVELIHOOD,
        Text("Hợp tác xã, tổ hợp tác hoạt động hiệu quả", "Working co-operatives and groups"),
        SMALL,
        Unit("hợp tác xã, tổ hợp tác", "co-operatives and groups", "co-operative or group"),
    ),
    Asked(
        "growing_area",
        "growing_area_code_granted",
        Subject.LIVELIHOOD,
        Text("Được cấp mã vùng trồng", "Growing-area code granted"),
        SMALL,
    ),
    Asked(
        "cultural_families",
        "cultural_families_share",
        Subject.RECOGNISED,
        Text("Gia đình văn hóa", "Cultural families"),
        SMALL,
    ),
)


def facts_of_figures(place: PlaceView, on: date) -> list[Fact]:
    """The facts of every measure asked of places of that level. A figure that was sent back tells nothing."""
    asked = [each for each in ASKED if place.level in each.levels]
    held = figures.current(place.id, [each.measure for each in asked], on)
    return [_fact(each, held.get((each.measure, "")), on) for each in asked]


def _fact(asked: Asked, figure: FigureView | None, on: date) -> Fact:
    if figure is None or figure.state is State.RETURNED:
        return Fact(asked.code, asked.subject, asked.label, _words_of(asked))
    value, unit = _value(figure.value, figure.measure)
    return Fact(
        code=asked.code,
        subject=asked.subject,
        label=asked.label,
        asked=_words_of(asked),
        value=value,
        unit=asked.unit if asked.unit is not None and not isinstance(value, Of) else unit,
        mark=figure.mark,
        as_of=Span(figure.period.start, figure.period.end),
        records=(Record("figure", str(figure.id), figure.measure.name, figure.mark, figure.source),),
    )


def _words_of(asked: Asked) -> Text:
    return Text(
        f"Số liệu mới nhất về “{asked.label.vi}” có kỳ bắt đầu đến ngày cuối của bài, không bị trả lại.",
        f"The newest figure of “{asked.label.en}” begun by the story's last day, not sent back.",
    )


def _value(value: object, measure: Measure) -> tuple[Value, Unit]:
    """A figure's value and unit as a story tells them."""
    if isinstance(value, Share):
        return Of(value.numerator, value.denominator), Unit(measure.of.vi, measure.of.en)
    if measure.kind is Kind.GRADE:
        return next(grade.name for grade in measure.grades if grade.code == value), NO_UNIT
    assert not isinstance(value, str)
    unit = NO_UNIT if measure.kind is Kind.FLAG else Unit(measure.unit.vi, measure.unit.en)
    return value, unit  # type: ignore[return-value]
