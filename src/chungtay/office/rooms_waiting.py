"""What waits in the rooms beside figures, as lines for one's own page and for the letter."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chungtay.community import waiting as community
from chungtay.core.actors import Actor
from chungtay.core.language import day_words
from chungtay.firstday import queries as firstday
from chungtay.ledger import queries as ledger
from chungtay.people.roles import permits
from chungtay.recognition.dossiers import waiting as dossiers
from chungtay.recognition.rechecks import waiting as rechecks
from chungtay.recognition.surveys import waiting as surveys
from chungtay.recognition.titles import waiting as titles
from chungtay.registers.livelihood import expiring as livelihood
from chungtay.reports import queries as reports
from chungtay.works import waiting as works


@dataclass(frozen=True)
class Line:
    """One sentence and the page it leads to. name, args, query: of its address."""

    words: str
    name: str
    args: tuple[Any, ...]
    query: str = ""
    is_late: bool = False


def lines(by: Actor, at: datetime, today: date) -> list[Line]:
    """All that waits for the post, in a number of queries that does not grow with it."""
    if by.place_id is None:
        return []
    return [
        *_community(by, at, today),
        *_works(by),
        *_ledger(by, today),
        *_dossiers(by, today),
        *_surveys(by, at),
        *_rechecks(by, today),
        *_titles(by),
        *_livelihood(by, today),
        *_reports(by, today),
        *_firstday(by),
    ]


def _community(by: Actor, at: datetime, today: date) -> Iterator[Line]:
    here, found = (by.place_id,), community.waiting(by, at, today)
    if found.feedback_late:
        words = ngettext(
            "%(n)s ý kiến người dân quá hạn trả lời",
            "%(n)s ý kiến người dân quá hạn trả lời",
            found.feedback_late,
        )
        yield Line(words % {"n": found.feedback_late}, "feedback_desk", here, "tt=late", is_late=True)
    if found.feedback_owed > found.feedback_late:
        n = found.feedback_owed - found.feedback_late
        words = ngettext("%(n)s ý kiến người dân chờ trả lời", "%(n)s ý kiến người dân chờ trả lời", n)
        yield Line(words % {"n": n}, "feedback_desk", here, "tt=open")
    if found.names_late:
        words = ngettext(
            "%(n)s yêu cầu rút tên quá hạn trả lời",
            "%(n)s yêu cầu rút tên quá hạn trả lời",
            found.names_late,
        )
        yield Line(words % {"n": found.names_late}, "name_requests", here, "tt=open", is_late=True)
    if found.names_owed > found.names_late:
        n = found.names_owed - found.names_late
        words = ngettext("%(n)s yêu cầu rút tên chờ trả lời", "%(n)s yêu cầu rút tên chờ trả lời", n)
        yield Line(words % {"n": n}, "name_requests", here, "tt=open")
    if found.unposted:
        words = ngettext(
            "%(n)s thông báo đã đăng mà chưa niêm yết",
            "%(n)s thông báo đã đăng mà chưa niêm yết",
            found.unposted,
        )
        yield Line(words % {"n": found.unposted}, "postings", here, is_late=True)
    if found.hanging:
        words = ngettext(
            "%(n)s việc niêm yết đã hết hạn dự định, chưa ghi ngày gỡ",
            "%(n)s việc niêm yết đã hết hạn dự định, chưa ghi ngày gỡ",
            found.hanging,
        )
        yield Line(words % {"n": found.hanging}, "postings", here)
    if found.minutes:
        words = ngettext("%(n)s biên bản họp chưa chốt", "%(n)s biên bản họp chưa chốt", found.minutes)
        yield Line(words % {"n": found.minutes}, "meetings", here)
    if found.ballots:
        words = ngettext(
            "%(n)s cuộc lấy ý kiến bằng phiếu chưa xong",
            "%(n)s cuộc lấy ý kiến bằng phiếu chưa xong",
            found.ballots,
        )
        yield Line(words % {"n": found.ballots}, "meetings", here)
    if found.recommendations:
        words = ngettext(
            "%(n)s kiến nghị giám sát chưa có trả lời",
            "%(n)s kiến nghị giám sát chưa có trả lời",
            found.recommendations,
        )
        yield Line(words % {"n": found.recommendations}, "supervision", here)


def _works(by: Actor) -> Iterator[Line]:
    here, found = (by.place_id,), works.waiting(by)
    if found.to_accept:
        words = ngettext(
            "%(n)s công trình làm xong, chờ nghiệm thu",
            "%(n)s công trình làm xong, chờ nghiệm thu",
            found.to_accept,
        )
        yield Line(words % {"n": found.to_accept}, "works", here, "buoc=building")
    if found.blocked:
        words = ngettext(
            "%(n)s công trình vướng: tạm dừng, hoặc chưa đủ vốn để khởi công",
            "%(n)s công trình vướng: tạm dừng, hoặc chưa đủ vốn để khởi công",
            found.blocked,
        )
        yield Line(words % {"n": found.blocked}, "works", here, "buoc=open")
    if found.in_arrears:
        words = ngettext(
            "%(n)s công trình còn phải trả bên làm", "%(n)s công trình còn phải trả bên làm", found.in_arrears
        )
        yield Line(words % {"n": found.in_arrears}, "works", here, "no=co", is_late=True)


def _ledger(by: Actor, today: date) -> Iterator[Line]:
    if by.place_id is None or not permits(by.role, "ledger.reconcile"):
        return
    if found := ledger.open_months(by.place_id, today):
        place_id, month = found[0]
        words = ngettext(
            "%(n)s tháng sổ quỹ chưa đối chiếu và khoá, từ tháng %(month)s",
            "%(n)s tháng sổ quỹ chưa đối chiếu và khoá, từ tháng %(month)s",
            len(found),
        )
        told = {"n": len(found), "month": f"{month:%m/%Y}"}
        yield Line(words % told, "cash_book", (place_id,), f"thang={month:%Y-%m}", is_late=True)


def _dossiers(by: Actor, today: date) -> Iterator[Line]:
    found = dossiers.waiting(by, today)
    late = sum(each.is_late for each in found)
    if late:
        words = ngettext(
            "%(n)s bước của hồ sơ công nhận đã quá hạn", "%(n)s bước của hồ sơ công nhận đã quá hạn", late
        )
        yield Line(words % {"n": late}, "dossiers", (by.place_id,), is_late=True)
    if found:
        words = ngettext(
            "%(n)s bước của hồ sơ công nhận chờ bạn", "%(n)s bước của hồ sơ công nhận chờ bạn", len(found)
        )
        yield Line(words % {"n": len(found)}, "dossiers", (by.place_id,))


def _surveys(by: Actor, at: datetime) -> Iterator[Line]:
    here, found = (by.place_id,), surveys.waiting(by, at)
    if found.to_count:
        words = ngettext(
            "%(n)s cuộc lấy ý kiến hài lòng đã đóng, chờ kiểm phiếu",
            "%(n)s cuộc lấy ý kiến hài lòng đã đóng, chờ kiểm phiếu",
            found.to_count,
        )
        yield Line(words % {"n": found.to_count}, "surveys", here, "tt=running", is_late=True)
    if found.running:
        words = ngettext(
            "%(n)s cuộc lấy ý kiến hài lòng đang nhận phiếu",
            "%(n)s cuộc lấy ý kiến hài lòng đang nhận phiếu",
            found.running,
        )
        yield Line(words % {"n": found.running}, "surveys", here, "tt=running")


def _rechecks(by: Actor, today: date) -> Iterator[Line]:
    here, found = (by.place_id,), rechecks.waiting(by, today)
    if found.wrong:
        words = ngettext(
            "%(n)s khai báo bị lệch khi kiểm tra lại, chờ sửa",
            "%(n)s khai báo bị lệch khi kiểm tra lại, chờ sửa",
            found.wrong,
        )
        yield Line(words % {"n": found.wrong}, "rechecks", here)
    if found.forms:
        words = ngettext(
            "%(n)s phiếu kiểm tra lại chờ kết quả", "%(n)s phiếu kiểm tra lại chờ kết quả", found.forms
        )
        yield Line(words % {"n": found.forms}, "rechecks", here)
    if found.seeds:
        words = ngettext(
            "%(n)s mẫu kiểm tra lại đã đến ngày rút", "%(n)s mẫu kiểm tra lại đã đến ngày rút", found.seeds
        )
        yield Line(words % {"n": found.seeds}, "rechecks", here)


def _reports(by: Actor, today: date) -> Iterator[Line]:
    if by.place_id is None or not permits(by.role, "reports.make"):
        return
    for due in reports.due(by.place_id, today)[:3]:
        told = {"name": due.name, "day": day_words(due.deadline) if due.deadline else _("chưa rõ")}
        is_late = due.deadline is not None and due.deadline < today
        if due.report is None:
            yield Line(
                _("Báo cáo %(name)s chưa lập, hạn %(day)s") % told, "reports", (by.place_id,), is_late=is_late
            )
        else:
            words = _("Báo cáo %(name)s chưa chốt, hạn %(day)s") % told
            yield Line(words, "report", (due.report.id,), is_late=is_late)


def _titles(by: Actor) -> Iterator[Line]:
    here, found = (by.place_id,), titles.waiting(by)
    if found.late:
        words = ngettext("%(n)s danh hiệu quá hạn rà soát", "%(n)s danh hiệu quá hạn rà soát", found.late)
        yield Line(words % {"n": found.late}, "titles", here, "viec=late", is_late=True)
    if found.falls:
        words = ngettext(
            "%(n)s nơi được công nhận mà hôm nay chưa đạt",
            "%(n)s nơi được công nhận mà hôm nay chưa đạt",
            found.falls,
        )
        yield Line(words % {"n": found.falls}, "titles", here, "viec=falls", is_late=True)
    if found.soon:
        words = ngettext(
            "%(n)s danh hiệu sắp đến hạn rà soát", "%(n)s danh hiệu sắp đến hạn rà soát", found.soon
        )
        yield Line(words % {"n": found.soon}, "titles", here, "viec=soon")
    if found.answers:
        words = ngettext(
            "%(n)s lần rà soát danh hiệu chờ trả lời",
            "%(n)s lần rà soát danh hiệu chờ trả lời",
            found.answers,
        )
        yield Line(words % {"n": found.answers}, "titles", here, "viec=answer")
    if found.cases:
        words = ngettext(
            "%(n)s hồ sơ thu hồi danh hiệu chưa kết luận",
            "%(n)s hồ sơ thu hồi danh hiệu chưa kết luận",
            found.cases,
        )
        yield Line(words % {"n": found.cases}, "titles", here, "viec=case")


def _livelihood(by: Actor, today: date) -> Iterator[Line]:
    if n := livelihood.waiting(by, today):
        words = ngettext(
            "%(n)s mã, chứng nhận, hợp đồng hoặc hạng sao hết hạn hay sắp hết hạn",
            "%(n)s mã, chứng nhận, hợp đồng hoặc hạng sao hết hạn hay sắp hết hạn",
            n,
        )
        yield Line(words % {"n": n}, "livelihood", (by.place_id,))


def _firstday(by: Actor) -> Iterator[Line]:
    for intake_id, name in firstday.unwritten(by)[:1]:
        yield Line(_("Tệp “%(name)s” đã xem thử mà chưa ghi") % {"name": name}, "intake", (intake_id,))
