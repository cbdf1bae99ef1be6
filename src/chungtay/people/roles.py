"""The kinds of post, what each is for and what it may do: nothing else grants a right.

A permission says what, the post's place says where. Permissions are named "package.deed".
"""

from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chungtay.territory.models import Level

SYSTEM: Final = "system"  # the role of core's SystemActor: set-up, loading, scheduled work; no post holds it

PERMISSIONS: Final = {
    "figures.record": _("ghi số liệu"),
    "figures.import": _("nhập số liệu bằng sổ"),
    "figures.state_verdict": _("ghi kết quả công bố của tiêu chí"),
    "figures.rule_on": _("kết luận chỉ tiêu mà luật để người xét"),
    "figures.freeze": _("chốt số liệu của kỳ báo cáo"),
    "recognition.enter": _("nhập quyết định công nhận"),
    "standards.adopt": _("áp dụng bộ tiêu chí"),
    "standards.draft": _("soạn bộ tiêu chí"),
    "standards.check": _("đối chiếu bộ tiêu chí với bản gốc"),
    "standards.publish": _("ban hành bộ tiêu chí"),
    "people.appoint": _("lập tài khoản và giao chức danh"),
    "core.read_audit": _("xem nhật ký"),
    "territory.found": _("thêm thôn, xóm, cụm dân cư"),
    "core.see_jobs": _("xem việc nền"),
    "core.run_jobs": _("chạy lại hoặc huỷ việc nền"),
    "evidence.keep": _("gửi tệp minh chứng"),
    "evidence.blur": _("che mờ ảnh minh chứng"),
    "evidence.settle": _("xem xét cờ nghi vấn của minh chứng"),
}

# Nobody enters the recognition of the very place they answer for: only that of places below it.
ONLY_BELOW: Final = frozenset({"recognition.enter"})


class RoleCode(models.TextChoices):
    HAMLET_HEAD = "hamlet_head", _("Trưởng thôn")
    COMMUNE_OFFICER = "commune_officer", _("Cán bộ nông thôn mới cấp xã")
    PROVINCE_OFFICE = "province_office", _("Văn phòng Điều phối nông thôn mới cấp tỉnh")
    NATIONAL_OFFICE = "national_office", _("Văn phòng Điều phối nông thôn mới Trung ương")
    AUDITOR = "auditor", _("Kiểm tra, giám sát")


@dataclass(frozen=True)
class Role:
    """One kind of post.

    levels: where its place may stand. may_be_nationwide: it can be held without a place, for the whole country.
    """

    code: RoleCode
    about_vi: str
    about_en: str
    levels: frozenset[str]
    permissions: frozenset[str] = frozenset()
    may_be_nationwide: bool = False


HAMLET_HEAD = Role(
    code=RoleCode.HAMLET_HEAD,
    about_vi="Người được dân bầu đứng đầu thôn, xóm, bản, ấp. Biết rõ từng việc trong thôn nên là người ghi số liệu "
    "đầu tiên; không tự công bố kết quả cho thôn mình.",
    about_en="The elected head of a hamlet, of whatever local name. Knows the hamlet first hand and so is the first "
    "to record figures; does not state the hamlet's own results.",
    levels=frozenset({Level.HAMLET, Level.AREA}),
    permissions=frozenset(
        {
            "figures.record",
            "evidence.keep",
            "evidence.blur",
        }
    ),
)
COMMUNE_OFFICER = Role(
    code=RoleCode.COMMUNE_OFFICER,
    about_vi="Công chức theo dõi nông thôn mới của Uỷ ban nhân dân xã. Tổng hợp số liệu các thôn, ghi kết quả đã "
    "công bố, chốt kỳ báo cáo và nhập quyết định công nhận các thôn trong xã.",
    about_en="The officer of the commune People's Committee in charge of the programme. Brings the hamlets' figures "
    "together, enters published results, freezes the report period, enters the recognition of its hamlets.",
    levels=frozenset({Level.COMMUNE}),
    permissions=HAMLET_HEAD.permissions
    | {
        "figures.import",
        "figures.state_verdict",
        "figures.rule_on",
        "figures.freeze",
        "recognition.enter",
        "territory.found",
        "evidence.settle",
    },
)
PROVINCE_OFFICE = Role(
    code=RoleCode.PROVINCE_OFFICE,
    about_vi="Văn phòng Điều phối nông thôn mới của tỉnh. Theo dõi các xã trong tỉnh, nhập quyết định công nhận xã "
    "và áp dụng những bộ tiêu chí mà Trung ương giao cho tỉnh quy định.",
    about_en="The province's coordination office. Follows the communes of the province, enters their recognition, "
    "and adopts the standards that the centre leaves to the province.",
    levels=frozenset({Level.PROVINCE}),
    permissions=COMMUNE_OFFICER.permissions
    | {
        "standards.adopt",
        "standards.draft",
        "standards.check",
        "standards.publish",
        "core.read_audit",
        "core.see_jobs",
        "core.run_jobs",
    },
)
NATIONAL_OFFICE = Role(
    code=RoleCode.NATIONAL_OFFICE,
    about_vi="Văn phòng Điều phối nông thôn mới Trung ương. Áp dụng bộ tiêu chí quốc gia, nhập quyết định công nhận "
    "cấp tỉnh và ghi số liệu công bố chung cả nước.",
    about_en="The national coordination office. Adopts the national standards, enters the recognition of provinces "
    "and records figures published for the whole country.",
    levels=frozenset({Level.NATION}),
    permissions=PROVINCE_OFFICE.permissions,
    may_be_nationwide=True,
)
AUDITOR = Role(
    code=RoleCode.AUDITOR,
    about_vi="Người kiểm tra, giám sát. Đọc được mọi số liệu và nhật ký, không ghi gì.",
    about_en="An inspector. Reads every figure and the audit trail, writes nothing.",
    levels=frozenset(Level.values),
    permissions=frozenset({"core.read_audit", "core.see_jobs"}),
    may_be_nationwide=True,
)

ROLES: Final = {
    role.code: role for role in (HAMLET_HEAD, COMMUNE_OFFICER, PROVINCE_OFFICE, NATIONAL_OFFICE, AUDITOR)
}


def permits(role: str, permission: str) -> bool:
    """Whether a role holds a permission. An unknown permission is a programmer's slip and is said so."""
    if permission not in PERMISSIONS:
        raise LookupError(f"no such permission: {permission}")
    return role == SYSTEM or (role in ROLES and permission in ROLES[RoleCode(role)].permissions)


def holders(permission: str) -> list[str]:
    """The titles of the roles that hold a permission, lowest level first."""
    return [str(role.code.label) for role in ROLES.values() if permission in role.permissions]


def label_in_words(label: str) -> str:
    """A post's label as recorded, its title in the language of the moment: "Hamlet head (xóm) · xóm Khe Cốc"."""
    title, dot, place = label.partition(" · ")
    words = gettext(title) if title else ""
    if words == title and title.startswith("Trưởng "):
        words = gettext("Trưởng %(kind)s") % {"kind": title.removeprefix("Trưởng ")}
    return f"{words}{dot}{place}"
