from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from chungtay.people import rights
from chungtay.people.roles import PERMISSIONS, ROLES, RoleCode

PAGE = Path(settings.BASE_DIR) / "docs/use/quyen-han.md"
_WHERE = {rights.OWN: "●", rights.BELOW: "○", rights.NEVER: ""}


class Command(BaseCommand):
    help = "Write who may do what where into docs/use/quyen-han.md."

    def handle(self, **_: Any) -> None:
        PAGE.write_text(printed(), encoding="utf-8")
        self.stdout.write(str(PAGE))


def printed() -> str:
    """The page, in Vietnamese."""
    with translation.override("vi"):
        return "\n".join([*_head(), *_deeds(), *_appointing(), *_roles()]) + "\n"


def _head() -> list[str]:
    return [
        "# Ai được làm gì, ở đâu",
        "",
        "In từ `src/chungtay/people/rights.py` bằng `chungtay print_rights`; đừng sửa tay. Một bài kiểm thử thử mọi",
        "chức danh × việc × nơi (của mình, cấp dưới, ngang cấp, cấp trên, nơi khác) × tình trạng và so với bảng này.",
        "",
        "● ở nơi của mình và mọi nơi bên dưới · ○ chỉ ở nơi bên dưới, không cho chính nơi mình · trống: không được.",
        "Ở nơi ngang cấp, cấp trên hay nơi khác thì không ai được làm gì. Chức danh chưa tới ngày, đã hết ngày hoặc",
        "tài khoản bị khoá thì không làm được gì.",
        "",
    ]


def _deeds() -> list[str]:
    codes = [role.code for role in ROLES.values()]
    lines = [f"{number}. {ROLES[code].code.label}" for number, code in enumerate(codes, 1)]
    lines += ["", "| Việc | " + " | ".join(str(number) for number in range(1, len(codes) + 1)) + " |"]
    lines.append("|---|" + ":-:|" * len(codes))
    for deed, words in PERMISSIONS.items():
        cells = [_WHERE[rights.where(code, deed)] for code in codes]
        lines.append(f"| {words} | " + " | ".join(cells) + " |")
    named = "; ".join(str(PERMISSIONS[deed]) for deed in rights.IN_ONE_FIELD.split())
    return [*lines, "", f"Chức danh chỉ phụ trách một lĩnh vực, trong số đó, chỉ được: {named}.", ""]


def _appointing() -> list[str]:
    lines = ["## Ai giao được chức danh nào", "", "Trong địa bàn của mình; không ai tự giao cho mình.", ""]
    for code, given in rights.APPOINTS.items():
        named = "; ".join(str(RoleCode(each).label) for each in given.split())
        lines.append(f"- **{RoleCode(code).label}**: {named}.")
    return [*lines, ""]


def _roles() -> list[str]:
    lines = ["## Từng chức danh", ""]
    for role in ROLES.values():
        more = " Có thể chỉ phụ trách một lĩnh vực." if role.code in rights.ONE_FIELD.split() else ""
        more += " Không xem số liệu." if role.code in rights.SEES_NO_DATA.split() else ""
        lines += [f"**{role.code.label}.** {role.about_vi}{more}", ""]
    return lines[:-1]
