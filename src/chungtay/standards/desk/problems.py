"""The loader's problems in a draft, each with where it stands in words a person can find on the screen."""

from collections.abc import Iterable
from dataclasses import dataclass

from chungtay.standards.desk.content import Content, fields, items, text_of
from rulebook import Problem

_HEAD = {
    "standard": "mã bộ tiêu chí",
    "version": "phiên bản",
    "name": "tên",
    "title": "danh hiệu",
    "level": "cấp",
    "status": "tình trạng",
    "province": "tỉnh",
    "period": "giai đoạn",
    "in_force": "hiệu lực",
    "instruments": "văn bản",
    "counts": "số tiêu chí, chỉ tiêu",
    "groups": "nhóm tiêu chí",
    "sources": "nguồn",
    "withdrawal": "thu hồi",
    "recognition": "công nhận",
    "region_overrides": "áp dụng vùng khác",
    "prerequisites": "điều kiện",
    "notes": "ghi chú",
}
_OF_INDICATOR = {
    "code": "số",
    "text": "lời văn",
    "sector": "ngành phụ trách",
    "clause": "điều khoản",
    "rule": "quy tắc và mức đạt",
    "provenance": "xuất xứ",
    "excused_when": "khi nào không áp dụng",
    "delegated_to": "giao quy định mức",
    "resource": "nguồn lực",
}
_OF_CRITERION = {"criterion": "số thứ tự", "name": "tên", "group": "nhóm", "unlisted": "chỉ tiêu chưa rõ"}


@dataclass(frozen=True)
class DraftProblem:
    """One thing wrong in a draft. criterion, indicator: as they are numbered now, "" where it is elsewhere.

    where: for people ("Tiêu chí 4, chỉ tiêu 4.2, quy tắc và mức đạt"). part: the entry of the head or indicator.
    """

    where: str
    criterion: str
    indicator: str
    part: str
    what: str
    why: str
    mend: str

    @property
    def sentence(self) -> str:
        """All of it as one sentence after another."""
        head = f"{self.where}: {self.what}" if self.where else _capital(self.what)
        return f"{head}. {_capital(self.why)}. {self.mend}"


def placed_problems(problems: Iterable[Problem], content: Content) -> list[DraftProblem]:
    """Problems whose file is a path in the contents, each with the criterion and indicator it stands at."""
    return [_placed(each, content) for each in problems]


def _placed(problem: Problem, content: Content) -> DraftProblem:
    path = problem.file.split("/")
    where, criterion, indicator, part = [""], "", "", ""
    if path[0] == "criteria" and len(path) > 1:
        own = fields(items(content.get("criteria"))[int(path[1])])
        criterion = str(own.get("criterion", "")) or "?"
        where = [f"Tiêu chí {criterion}"]
        if len(path) > 3 and path[2] == "indicators":
            indicator, part = _indicator(fields(items(own.get("indicators"))[int(path[3])]), path[4:])
            where.append(f"chỉ tiêu {indicator}")
            where.append(_OF_INDICATOR.get(part, ""))
        elif len(path) > 2:
            part = path[2]
            where.append(_OF_CRITERION.get(part, ""))
    elif path[:2] == ["standard", "prerequisites"] and len(path) > 2:
        own = items(fields(content["standard"]).get("prerequisites"))[int(path[2])]
        indicator, part = _indicator(fields(own), path[3:])
        where = [f"Điều kiện {indicator}", _OF_INDICATOR.get(part, "")]
    elif path[0] == "overlay":
        part = path[1] if len(path) > 1 else ""
        where = ["Phần tỉnh điền"]
        if part == "fills" and len(path) > 2:
            fill = fields(items(fields(content["overlay"]).get("fills"))[int(path[2])])
            indicator = str(fill.get("indicator", ""))
            where.append(f"chỉ tiêu {indicator}")
        else:
            where.append(_HEAD.get(part, ""))
    elif path[0] == "standard":
        part = path[1] if len(path) > 1 else ""
        where = ["Phần đầu", _HEAD.get(part, "")]
    elif path[0] == "measures":
        part = "measures"
        own = fields(items(content.get("measures"))[int(path[1])]) if len(path) > 1 else {}
        where = [f"Số đo “{text_of(own.get('name')) or own.get('code', '')}”"]
    elif path[0] == "instruments":
        part, where = "instruments", ["Văn bản"]
    elif path[0] == "." and "cases" in path:
        part, where = "cases", ["Ví dụ"]
    return DraftProblem(
        where=", ".join(filter(None, where)),
        criterion=criterion,
        indicator=indicator,
        part=part,
        what=problem.what,
        why=problem.why,
        mend=problem.mend,
    )


def _indicator(own: dict[str, object], rest: list[str]) -> tuple[str, str]:
    return str(own.get("code", "")) or "?", rest[0] if rest else ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
