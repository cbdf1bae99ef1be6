import csv
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone, translation

from chungtay.core.language import problem_words
from chungtay.core.refusals import Refusal
from chungtay.figures import queries as figures
from chungtay.figures.policies import check_judging_day
from chungtay.figures.queries import Judged
from chungtay.office import sheets
from chungtay.territory import queries as territory
from rulebook.printing import print_cures, print_finding
from viet.dates import DateProblem, format_day, parse_day


class Command(BaseCommand):
    help = "Xét một địa bàn theo một bộ tiêu chí: kết quả, lý do và còn thiếu gì."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("place", help="số, mã chính thức, hoặc tên như “Khe Cốc, Tức Tranh”")
        parser.add_argument("standard", help="mã bộ tiêu chí, ví dụ xom-kieu-mau-thai-nguyen")
        parser.add_argument("--figures-on", metavar="DATE", help="ngày của số liệu (mặc định: hôm nay)")
        parser.add_argument(
            "--law", metavar="VERSION", default="", help="phiên bản luật (mặc định: bản có hiệu lực)"
        )
        parser.add_argument("--language", choices=("vi", "en"), default="vi", help="ngôn ngữ của bản in")
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help="toàn bộ kết quả dạng JSON")
        form.add_argument("--csv", action="store_true", help="mỗi chỉ tiêu một dòng")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            self._assess(options)

    def _assess(self, options: dict[str, Any]) -> None:
        try:
            on = parse_day(options["figures_on"]) if options["figures_on"] else timezone.localdate()
        except DateProblem as problem:
            raise Refusal(problem_words(problem)) from None
        check_judging_day(on, timezone.localdate())
        place = territory.resolve(options["place"], day=on if options["figures_on"] else None)
        judged = figures.judge_place(place.id, options["standard"], on=on, version=options["law"])
        if options["json"]:
            self.stdout.write(json.dumps(_plain(judged), ensure_ascii=False, indent=1))
        elif options["csv"]:
            writer = csv.writer(self.stdout)
            writer.writerows(sheets.assessment_rows(judged, options["language"]))
        else:
            self._print(judged, options["language"])

    def _print(self, judged: Judged, language: str) -> None:
        version = judged.version
        words = {
            "vi": ("dấu số", "Số liệu đến", "Còn thiếu gì, gần nhất trước:"),
            "en": ("digest", "Figures to", "What is missing, nearest first:"),
        }
        digest, figures_to, missing = words[language]
        self.stdout.write(
            f"{judged.place.full_address}\n"
            f"{version.name.in_(language)} — {version.label}, {digest} {version.digest[:12]}\n"
            f"{figures_to} {format_day(judged.on, language)}\n"
        )
        self.stdout.write("\n".join(print_finding(judged.finding, language=language)))
        self.stdout.write(f"\n{missing}")
        self.stdout.write("\n".join(print_cures(judged.cures, language=language)))


def _plain(judged: Judged) -> dict[str, Any]:
    return {
        "place": {
            "uid": str(judged.place.uid),
            "name": judged.place.full_name,
            "address": judged.place.address,
        },
        "standard": judged.version.code,
        "version": judged.version.label,
        "digest": judged.version.digest,
        "sample": judged.version.sample,
        "figures_on": judged.on.isoformat(),
        "retrospective": judged.retrospective,
        "criteria": {
            "met": judged.counts.met,
            "not_met": judged.counts.not_met,
            "unknown": judged.counts.unknown,
            "excused": judged.counts.excused,
            "total": judged.counts.total,
        },
        "stated": {
            "met": judged.stated.met,
            "of_which_basically": judged.stated.basically,
            "not_met": judged.stated.not_met,
            "silent": judged.stated.silent,
        },
        "finding": judged.finding.to_plain(),
    }
