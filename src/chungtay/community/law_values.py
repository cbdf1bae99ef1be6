"""The few numbers of the law that these records are held against, from `law/supervision.yaml` and `law/community.yaml`.

A number that nobody has seen in a source is recalled, and every sentence that leans on it says so.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from chungtay.community.meetings.rules import democracy
from chungtay.core.language import language
from rulebook import Text, read_tree
from rulebook.problems import Bad, Problem


@dataclass(frozen=True)
class Limit:
    """One number with its unit left to whoever asks. provenance: found or recalled. clause: where the law says it."""

    value: int
    clause: Text
    provenance: str

    @property
    def ground(self) -> str:
        """The clause in the reader's language, with a word where nobody has seen it in a source."""
        words = self.clause.in_(language())
        return words if self.provenance == "found" else _("%(clause)s, chưa xác nhận") % {"clause": words}


@dataclass(frozen=True)
class Values:
    """All of them by name; holidays: the days beside Saturdays and Sundays on which offices rest."""

    limits: dict[str, Limit]
    holidays: frozenset[date]

    def __getitem__(self, name: str) -> Limit:
        return self.limits[name]


def values() -> Values:
    """The numbers as they stand in the folder; a process reads them once."""
    return _read(Path(settings.LAW_DIR) / "supervision.yaml")


def days_of_notice(code: str) -> Limit:
    """How many days something must lie open, a code of `days` in law/community.yaml."""
    days = democracy().days[code]
    return Limit(days.days, days.ground.clause, days.ground.provenance)


@lru_cache(maxsize=4)
def _read(path: Path) -> Values:
    """Raises rulebook's Bad, with file and line, for a file that cannot be meant."""
    fields = read_tree(path, path.name).mapping(required=("limits", "holidays"))
    limits = {}
    for item in fields["limits"].items():
        each = item.mapping(required=("code", "value", "clause", "provenance"))
        words = each["clause"].mapping(required=("vi", "en"))
        code = each["code"].text()
        if code in limits:
            raise Bad(
                Problem(item.file, item.line, f"“{code}” khai hai lần", "mã là duy nhất", "Bỏ một mục.")
            )
        limits[code] = Limit(
            value=each["value"].whole(),
            clause=Text(words["vi"].text(), words["en"].text()),
            provenance=each["provenance"].one_of(("found", "recalled")),
        )
    return Values(limits, frozenset(day.day() for day in fields["holidays"].items()))
