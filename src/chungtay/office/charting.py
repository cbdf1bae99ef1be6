"""Figures over time as drawings, each with its table."""

from typing import Any

from chungtay.figures.queries import FigureView
from chungtay.ui.charts import figure as drawn
from chungtay.ui.charts import history_chart, history_table
from rulebook import SEX_NAMES, Kind, Measure, as_fraction


def history_charts(
    measures: list[Measure],
    known: dict[str, list[FigureView]],
    steps: dict[tuple[str, str], Any],
    language: str,
) -> list[Any]:
    """A chart for every numeric measure and sex with something to compare: two figures, or a moving threshold."""
    drawings: list[Any] = []
    for measure in measures:
        if measure.kind in (Kind.FLAG, Kind.GRADE):
            continue
        for part in measure.parts:
            rows = [each for each in known.get(measure.code, []) if each.part == part]
            points = [
                (row.period.end, as_fraction(row.value))
                for row in rows
                if not isinstance(row.value, bool | str)
            ]
            if len(points) < 2 and len(steps.get((measure.code, part), [])) < 2:
                continue  # one dot under one line says nothing that the finding does not
            name = " ".join((measure.name.in_(language), SEX_NAMES[part].in_(language))).strip()
            thresholds, unit = steps.get((measure.code, part), []), measure.unit.in_(language)
            table = history_table(points, thresholds, unit, name)
            drawings.append(drawn(name, history_chart(points, thresholds, unit, name), table))
    return drawings
