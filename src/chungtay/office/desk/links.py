"""Where on the desk each problem of a draft is mended."""

from urllib.parse import urlencode

from django.urls import reverse

from chungtay.standards.desk.compiling import Compiled
from chungtay.standards.desk.content import Plain
from chungtay.standards.desk.problems import DraftProblem, placed_problems
from chungtay.standards.desk.queries import DraftView


def linked(view: DraftView, compiled: Compiled) -> list[Plain]:
    """Every problem with the page that mends it."""
    placed = placed_problems(compiled.problems, view.content)
    return [{"problem": each, "href": _href(view, each)} for each in placed]


def _href(view: DraftView, problem: DraftProblem) -> str:
    def to(name: str, **query: str) -> str:
        path = reverse(f"office:{name}", kwargs={"draft_id": view.id})
        return f"{path}?{urlencode(query)}" if query else path

    if view.kind == "overlay" and (problem.indicator or problem.part == "fills"):
        return to("draft_fills")
    if problem.indicator:
        return to("draft_indicator", so=problem.indicator)
    if problem.criterion:
        return to("draft_criterion", so=problem.criterion)
    if problem.part == "measures":
        return to("draft_measures")
    if problem.part and problem.part != "cases":
        return to("draft_head")
    return ""
