"""The story of a place: the article in which every figure leads to its query, the fact sheet, the query itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from chungtay.core.language import language
from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.office.answers import Visit, day_in_life, for_officers
from chungtay.reports.stories import papers, publishing, queries
from chungtay.reports.stories.facts import Fact, Record, Story, Subject
from chungtay.reports.stories.wording import NO_DATA, mark_words, span_words
from chungtay.reports.stories.writing import Article, Line, write
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from rulebook import Text
from viet.dates import format_day

LANGUAGES: Final = ("vi", "en")
_PAGES: Final = {"figure": "figure", "told": "told_total", "work": "work", "decision": "public_decision"}
_SUBJECTS: Final = {
    Subject.PLACE: Text("Địa bàn", "The place"),
    Subject.TOGETHER: Text("Cùng nhau làm", "Done together"),
    Subject.BUILT: Text("Đã xây dựng", "Built"),
    Subject.LIVELIHOOD: Text("Làm ăn", "Livelihood"),
    Subject.RECOGNISED: Text("Được công nhận, được ghi nhận", "Recognised"),
    Subject.NEXT: Text("Việc tiếp theo", "What comes next"),
}


@dataclass(frozen=True)
class Asked:
    """What the address asks: whose story, of which days, in which language. story: None where the days are faulty."""

    place: PlaceView
    language: str
    story: Story | None
    faults: tuple[Fault, ...]
    typed: dict[str, str]

    @property
    def query(self) -> str:
        """The same question as an address keeps it; its last day stands fast."""
        if self.story is None or self.story.span.last is None:
            return urlencode(self.typed)
        span, last = self.story.span, self.story.span.last
        first = {"tu": span.first.isoformat()} if span.first else {}
        return urlencode(first | {"den": last.isoformat(), "tieng": self.language})

    def address_of(self, code: str) -> str:
        """Where the query of a fact stands."""
        return reverse("office:story_fact", args=[self.place.id, code]) + f"?{self.query}"


def asked_of(visit: Visit, place_id: int) -> Asked:
    """What is asked, with the story. Days that cannot be are told beside their field, as typed."""
    place = territory.latest(place_id)
    typed = {name: visit.request.GET.get(name, "").strip() for name in ("tu", "den", "tieng")}
    chosen = typed["tieng"] if typed["tieng"] in LANGUAGES else language()
    found: list[Fault] = []
    days: dict[str, date | None] = {"tu": None, "den": None}
    for name in days:
        try:
            days[name] = visit.day(name)
        except Refusal as refused:
            found += [Fault(fault.sentence, name) for fault in refused.faults]
    story = None
    if not found:
        try:
            story = queries.story_of(place_id, days["tu"], days["den"], today=visit.today, seen_by=visit.by)
        except (NotFound, NotPermitted):
            raise
        except Refusal as refused:
            found += refused.faults
    return Asked(place, chosen, story, tuple(found), typed | {"tieng": chosen})


def absolute(visit: Visit, asked: Asked) -> papers.AddressOf:
    """Addresses of queries as they are pasted elsewhere."""
    return lambda code: visit.request.build_absolute_uri(asked.address_of(code))


@for_officers
def story(visit: Visit, place_id: int) -> HttpResponse:
    """The article, its figures links."""
    asked = asked_of(visit, place_id)
    context = _frame(visit, asked) | {"tab": "story"}
    if asked.story is not None:
        context |= _article(asked, write(asked.story, asked.language), absolute(visit, asked))
        context["files"] = _files(asked, "story_file", ("docx", "pdf", "txt"))
        context["public"] = publishing.published(place_id)
        context["publish_refusal"] = visit.refusal("reports.publish", place_id)
    return visit.page("office/reports/story.html", context, 422 if asked.faults else 200)


@for_officers
def facts(visit: Visit, place_id: int) -> HttpResponse:
    """The fact sheet, and what is not known."""
    asked = asked_of(visit, place_id)
    context = _frame(visit, asked) | {"tab": "story_facts"}
    if asked.story is not None:
        context["groups"] = [
            (_SUBJECTS[subject].in_(asked.language), [_row(asked, each) for each in rows])
            for subject in Subject
            if (rows := [each for each in asked.story.known if each.subject is subject])
        ]
        context["missing"] = [_row(asked, each) for each in asked.story.missing]
        context["files"] = _files(asked, "story_facts_file", ("xlsx", "csv", "docx", "pdf"))
        context["heads"] = papers.sheet_heads(asked.language)
        context["no_data"] = NO_DATA.in_(asked.language).capitalize()
    return visit.page("office/reports/story_facts.html", context, 422 if asked.faults else 200)


@for_officers
def fact_query(visit: Visit, place_id: int, fact: str) -> HttpResponse:
    """The query of one figure: what was asked, what it says, on which records it rests."""
    asked = asked_of(visit, place_id)
    if asked.story is None:
        raise Refusal(*asked.faults)
    found = queries.fact_of(asked.story, fact)
    context = {
        "place": asked.place,
        "above": territory.ancestors(place_id, day_in_life(asked.place, visit.today)),
        "language": asked.language,
        "row": _row(asked, found),
        "asked": found.asked.in_(asked.language),
        "days": span_words(asked.story.span, language()),
        "records": [
            {
                "href": record_address(asked.story, each),
                "words": each.words.in_(asked.language),
                "mark": each.mark,
                "mark_words": mark_words(each.mark, asked.language),
                "source": each.source,
            }
            for each in found.records
        ],
        "article": reverse("office:story", args=[place_id]) + f"?{asked.query}",
        "sheet": reverse("office:story_facts", args=[place_id]) + f"?{asked.query}",
    }
    return visit.page("office/reports/story_fact.html", context)


def record_address(story: Story, record: Record) -> str:
    """The page that shows a record."""
    here, ref = story.place_id, record.ref
    name, _slash, day = ref.partition("/")
    match record.kind:
        case "figure" | "told" | "work" | "decision":
            return reverse(f"office:{_PAGES[record.kind]}", args=[ref])
        case "entries":
            return reverse("office:entries", args=[here]) + f"?{urlencode({'nguon': ref})}"
        case "judged":
            return reverse("office:why", args=[here, name]) + f"?ngay={day}"
        case "outreach" | "training" | "commendations":
            return reverse(f"office:{record.kind}", args=[here])
        case "listing" | "rank":
            return reverse("office:place", args=[name])
        case "streak":
            return reverse("office:yearly_titles", args=[here])
        case _:  # place, title, titles_below: the page of the place on that day
            return reverse("office:place", args=[name]) + f"?ngay={day}"


def _frame(visit: Visit, asked: Asked) -> dict[str, Any]:
    wrong = {fault.field: fault.sentence for fault in asked.faults}
    return {
        "place": asked.place,
        "above": territory.ancestors(asked.place.id, day_in_life(asked.place, visit.today)),
        "query": asked.query,
        "language": asked.language,
        "typed": asked.typed | ({} if asked.faults else _days_typed(asked)),
        "faults": asked.faults,
        "wrong": {name: wrong.get(name, "") for name in ("tu", "den")},
        "languages": [("vi", _("Tiếng Việt")), ("en", "English")],
    }


def _days_typed(asked: Asked) -> dict[str, str]:
    assert asked.story is not None
    span = asked.story.span
    return {
        "tu": format_day(span.first) if span.first else "",
        "den": format_day(span.last) if span.last else "",
    }


def _article(asked: Asked, article: Article, address_of: papers.AddressOf) -> dict[str, Any]:
    assert asked.story is not None
    marks = {each.code: each.mark for each in asked.story.facts}

    def pieces(line: Line) -> list[dict[str, Any]]:
        return [
            {
                "piece": each,
                "href": asked.address_of(each.code) if each.code else "",
                "mark": marks.get(each.code),
            }
            for each in line
        ]

    return {
        "headline": pieces(article.headline),
        "sections": [
            (section.heading, [pieces(line) for line in section.paragraphs], pieces(section.items))
            for section in article.sections
        ],
        "text": papers.article_text(article, asked.story, address_of),
    }


def _row(asked: Asked, each: Fact) -> dict[str, Any]:
    label, value, mark, days, source, href = papers.sheet_cells(
        each, asked.language, asked.address_of(each.code)
    )
    return {
        "label": label,
        "value": value,
        "is_known": each.value is not None,
        "is_vietnamese": isinstance(each.value, str),
        "mark": each.mark,
        "mark_words": mark,
        "days": days,
        "source": source,
        "href": href,
    }


def _files(asked: Asked, name: str, forms: Sequence[str]) -> list[tuple[str, str]]:
    words = {
        "docx": _("Tải Word"),
        "pdf": _("Tải PDF"),
        "txt": _("Tải chữ thuần"),
        "xlsx": _("Tải bảng Excel"),
        "csv": _("Tải bảng CSV"),
    }
    return [
        (reverse(f"office:{name}", args=[asked.place.id, form]) + f"?{asked.query}", words[form])
        for form in forms
    ]
