"""The kinds of post, what each is for and what it may do: nothing else grants a right.

A permission says what, the post's place says where, its sector says of which criteria. Permissions are named
"package.deed"; who holds which stands in one table, `rights.py`.
"""

from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chungtay.people import rights
from chungtay.territory.models import Level

SYSTEM: Final = "system"  # the role of core's SystemActor: set-up, loading, scheduled work; no post holds it

PERMISSIONS: Final = {
    "figures.record": _("ghi số liệu"),
    "figures.import": _("nhập số liệu bằng sổ"),
    "figures.state_verdict": _("ghi kết quả công bố của tiêu chí"),
    "figures.rule_on": _("kết luận chỉ tiêu mà luật để người xét"),
    "figures.freeze": _("chốt số liệu của kỳ báo cáo"),
    "figures.confirm": _("xác nhận số liệu"),
    "figures.return": _("trả lại số liệu"),
    "figures.call_period": _("mở kỳ báo cáo"),
    "figures.lock": _("chốt kỳ của địa bàn"),
    "figures.unlock": _("mở lại kỳ đã chốt"),
    "community.publish": _("đăng tin, thông báo và ghi việc niêm yết, truyền thanh"),
    "registers.keep_amenities": _("giữ sổ hạ tầng và bản đồ hạ tầng"),
    "registers.import_map": _("nhập tệp bản đồ, địa giới"),
    "registers.keep_livelihood": _("giữ sổ hợp tác xã, vùng trồng, sản phẩm OCOP"),
    "recognition.enter": _("nhập quyết định công nhận"),
    "recognition.prepare": _("đăng ký, lập và nộp hồ sơ đề nghị công nhận"),
    "recognition.opine": _("ghi ý kiến tham gia của Mặt trận, các tổ chức"),
    "recognition.verify": _("thẩm tra hồ sơ đề nghị công nhận"),
    "recognition.appraise": _("thẩm định hồ sơ đề nghị công nhận"),
    "recognition.deliberate": _("bỏ phiếu của Hội đồng thẩm định"),
    "recognition.decide": _("ghi quyết định, bằng công nhận và lễ công bố"),
    "recognition.withdraw": _("ghi quyết định thu hồi danh hiệu"),
    "recognition.run_survey": _("tổ chức lấy ý kiến hài lòng"),
    "recognition.collect_ballots": _("phát và thu phiếu lấy ý kiến hài lòng"),
    "recognition.draw_sample": _("rút mẫu kiểm tra lại"),
    "recognition.recheck": _("kiểm tra lại tại thực địa"),
    "recognition.sign": _("gửi văn bản đã ký"),
    "reports.make": _("lập báo cáo"),
    "reports.freeze": _("chốt báo cáo"),
    "reports.publish": _("công khai báo cáo"),
    "standards.adopt": _("áp dụng bộ tiêu chí"),
    "standards.draft": _("soạn bộ tiêu chí"),
    "standards.check": _("đối chiếu bộ tiêu chí với bản gốc"),
    "standards.publish": _("ban hành bộ tiêu chí"),
    "people.see_posts": _("xem danh sách chức danh"),
    "people.appoint": _("lập tài khoản và giao chức danh"),
    "core.read_audit": _("xem nhật ký"),
    "territory.found": _("thêm thôn, xóm, cụm dân cư"),
    "core.see_jobs": _("xem việc nền"),
    "core.run_jobs": _("chạy lại hoặc huỷ việc nền"),
    "evidence.keep": _("gửi tệp minh chứng"),
    "evidence.blur": _("che mờ ảnh minh chứng"),
    "evidence.settle": _("xem xét cờ nghi vấn của minh chứng"),
    "community.keep_households": _("giữ sổ hộ gia đình"),
    "community.see_restricted": _("xem thông tin hạn chế của hộ"),
    "community.hold_meeting": _("mời họp, ghi biên bản và phiếu của hộ"),
    "community.keep_convention": _("giữ hương ước, quy ước"),
    "community.record_outreach": _("ghi cuộc tuyên truyền, tập huấn"),
    "community.run_campaign": _("ghi phong trào, cuộc vận động"),
    "community.answer_feedback": _("tiếp nhận và trả lời ý kiến người dân"),
    "community.set_up_supervision": _("lập ban giám sát đầu tư của cộng đồng"),
    "community.supervise": _("ghi ý kiến giám sát của cộng đồng"),
    "community.commend": _("ghi khen thưởng"),
    "community.give_yearly_title": _("ghi danh hiệu hằng năm của hộ, thôn"),
    "ledger.receive": _("ghi đóng góp và cấp biên nhận"),
    "ledger.reverse": _("huỷ hoặc hoàn trả đóng góp"),
    "ledger.set_valuation": _("đặt mức quy đổi"),
    "ledger.allot": _("ghi vốn Nhà nước cam kết và giải ngân"),
    "ledger.reconcile": _("đối chiếu và khoá sổ quỹ"),
    "ledger.enter_opening": _("ghi số dư ban đầu"),
    "works.propose": _("đề xuất công trình"),
    "works.plan": _("lập hồ sơ, nguồn vốn và hợp đồng công trình"),
    "works.keep_diary": _("ghi nhật ký công trình"),
    "works.accept": _("nghiệm thu và bàn giao công trình"),
    "works.settle": _("quyết toán công trình"),
    "works.enter_on_record": _("nhập công trình đã có"),
}

ONLY_BELOW: Final = frozenset(deed for deed, places in rights.RIGHTS.items() if rights.BELOW in places)
IN_ONE_FIELD: Final = frozenset(rights.IN_ONE_FIELD.split())


class RoleCode(models.TextChoices):
    HAMLET_HEAD = "hamlet_head", _("Trưởng thôn")
    HAMLET_BOARD = "hamlet_board", _("Thành viên Ban phát triển thôn")
    COMMUNE_OFFICER = "commune_officer", _("Cán bộ nông thôn mới cấp xã")
    COMMUNE_CHAIR = "commune_chair", _("Lãnh đạo Uỷ ban nhân dân cấp xã")
    FRONT_OFFICER = "front_officer", _("Cán bộ Mặt trận Tổ quốc")
    STEERING = "steering", _("Thành viên Ban Chỉ đạo")
    DISTRICT_OFFICE = "district_office", _("Văn phòng nông thôn mới cấp huyện (trước 01/7/2025)")
    SECTOR_DEPARTMENT = "sector_department", _("Sở, ngành")
    COUNCIL_MEMBER = "council_member", _("Thành viên Hội đồng thẩm định")
    PROVINCE_OFFICE = "province_office", _("Văn phòng Điều phối nông thôn mới cấp tỉnh")
    NATIONAL_OFFICE = "national_office", _("Văn phòng Điều phối nông thôn mới Trung ương")
    AUDITOR = "auditor", _("Kiểm tra, giám sát")
    ADMINISTRATOR = "administrator", _("Quản trị hệ thống")


_PERMISSIONS: Final = {
    code: frozenset(deed for deed in rights.RIGHTS if rights.where(code, deed)) for code in RoleCode
}


class Sector(models.TextChoices):
    """Whether a post of a role is bound to one field of work."""

    NEVER = "never"
    MAYBE = "maybe"
    ALWAYS = "always"


@dataclass(frozen=True)
class Role:
    """One kind of post.

    levels: where its place may stand. may_be_nationwide: it can be held without a place, for the whole country.
    sector: whether a post is bound to a field; only_sector: the one field it can be. appoints: the kinds of post it
    may give, in its own place and below. reads_data: sees figures, verdicts and everything made of them.
    """

    code: RoleCode
    about_vi: str
    about_en: str
    levels: frozenset[str]
    may_be_nationwide: bool = False
    sector: Sector = Sector.NEVER
    only_sector: str = ""
    appoints: frozenset[RoleCode] = frozenset()
    reads_data: bool = True

    @property
    def permissions(self) -> frozenset[str]:
        """What it may do, by the table in `rights.py`."""
        return _PERMISSIONS[self.code]


HAMLET_HEAD = Role(
    code=RoleCode.HAMLET_HEAD,
    about_vi="Người được dân bầu đứng đầu thôn, xóm, bản, ấp. Biết rõ từng việc trong thôn nên là người ghi số liệu "
    "đầu tiên; không tự công bố kết quả cho thôn mình.",
    about_en="The elected head of a hamlet, of whatever local name. Knows the hamlet first hand and so is the first "
    "to record figures; does not state the hamlet's own results.",
    levels=frozenset({Level.HAMLET, Level.AREA}),
)
HAMLET_BOARD = Role(
    code=RoleCode.HAMLET_BOARD,
    about_vi="Bí thư, Mặt trận, phụ nữ, thanh niên, người cao tuổi, người có uy tín trong Ban phát triển thôn. Cùng "
    "trưởng thôn ghi số liệu và tự đánh giá; không công bố kết quả.",
    about_en="The secretary, the Front, women, youth, elders and respected people on the hamlet's development board. "
    "Record figures and assess themselves together with the head; state no results.",
    levels=frozenset({Level.HAMLET, Level.AREA}),
)
COMMUNE_OFFICER = Role(
    code=RoleCode.COMMUNE_OFFICER,
    about_vi="Công chức theo dõi nông thôn mới của Uỷ ban nhân dân xã, cho mọi tiêu chí hoặc riêng một lĩnh vực. Tổng "
    "hợp số liệu các thôn, ghi kết quả đã công bố, chốt kỳ báo cáo và nhập quyết định công nhận các thôn trong xã.",
    about_en="The officer of the commune People's Committee in charge of the programme, for every criterion or for "
    "one field. Brings the hamlets' figures together, enters published results, freezes the report period, enters "
    "the recognition of its hamlets.",
    levels=frozenset({Level.COMMUNE}),
    sector=Sector.MAYBE,
)
COMMUNE_CHAIR = Role(
    code=RoleCode.COMMUNE_CHAIR,
    about_vi="Chủ tịch, phó chủ tịch Uỷ ban nhân dân xã. Giao chức danh trong xã, công bố kết quả, chốt kỳ báo cáo, "
    "xem nhật ký của xã; không tự ghi số liệu để người ghi và người chịu trách nhiệm là hai người.",
    about_en="The chair or vice chair of the commune People's Committee. Gives posts in the commune, publishes "
    "results, freezes the period, reads the commune's trail; records no figures, so that who writes and who answers "
    "are two people.",
    levels=frozenset({Level.COMMUNE}),
    appoints=frozenset(
        {
            RoleCode.HAMLET_HEAD,
            RoleCode.HAMLET_BOARD,
            RoleCode.COMMUNE_OFFICER,
            RoleCode.FRONT_OFFICER,
            RoleCode.STEERING,
        }
    ),
)
FRONT_OFFICER = Role(
    code=RoleCode.FRONT_OFFICER,
    about_vi="Cán bộ Mặt trận Tổ quốc. Ghi số liệu của riêng những chỉ tiêu Mặt trận phụ trách, như mức độ hài lòng "
    "của người dân.",
    about_en="An officer of the Fatherland Front. Records the figures of the indicators the Front answers for, such as "
    "how satisfied people are.",
    levels=frozenset({Level.COMMUNE, Level.PROVINCE}),
    sector=Sector.ALWAYS,
    only_sector="MTTQ",
)
STEERING = Role(
    code=RoleCode.STEERING,
    about_vi="Thành viên Ban Chỉ đạo các chương trình mục tiêu quốc gia. Xem mọi số liệu và chức danh trong địa bàn để "
    "chỉ đạo; không ghi số liệu.",
    about_en="A member of the steering committee. Sees every figure and post of the place so as to steer; records "
    "nothing.",
    levels=frozenset({Level.COMMUNE, Level.PROVINCE, Level.NATION}),
    may_be_nationwide=True,
)
DISTRICT_OFFICE = Role(
    code=RoleCode.DISTRICT_OFFICE,
    about_vi="Văn phòng nông thôn mới của huyện, thị xã, thành phố thuộc tỉnh; cấp này thôi hoạt động từ 01/7/2025. "
    "Chỉ còn để hồ sơ cũ đứng tên đúng chức danh.",
    about_en="The programme's office in a district, town or provincial city; that level ended on 1 July 2025. Kept so "
    "that old records stand under the right post.",
    levels=frozenset({Level.DISTRICT}),
)
SECTOR_DEPARTMENT = Role(
    code=RoleCode.SECTOR_DEPARTMENT,
    about_vi="Sở, ngành cấp tỉnh phụ trách một lĩnh vực. Ghi số liệu, kết luận và công bố kết quả của riêng những tiêu "
    "chí thuộc lĩnh vực đó, ở mọi xã trong tỉnh.",
    about_en="A province's department for one field. Records, rules on and states results of the criteria of that "
    "field alone, in every commune of the province.",
    levels=frozenset({Level.PROVINCE}),
    sector=Sector.ALWAYS,
)
COUNCIL_MEMBER = Role(
    code=RoleCode.COUNCIL_MEMBER,
    about_vi="Thành viên Hội đồng thẩm định. Xem toàn bộ số liệu và chứng cứ của địa bàn để bỏ phiếu; không ghi số "
    "liệu.",
    about_en="A member of the appraisal council. Sees all figures and evidence of the place so as to vote; records "
    "nothing.",
    levels=frozenset({Level.PROVINCE, Level.NATION}),
    may_be_nationwide=True,
)
PROVINCE_OFFICE = Role(
    code=RoleCode.PROVINCE_OFFICE,
    about_vi="Văn phòng Điều phối nông thôn mới của tỉnh. Theo dõi các xã trong tỉnh, nhập quyết định công nhận xã, áp "
    "dụng những bộ tiêu chí mà Trung ương giao cho tỉnh quy định và giao chức danh trong tỉnh.",
    about_en="The province's coordination office. Follows the communes of the province, enters their recognition, "
    "adopts the standards that the centre leaves to the province, and gives posts in the province.",
    levels=frozenset({Level.PROVINCE}),
    appoints=frozenset(RoleCode) - {RoleCode.NATIONAL_OFFICE, RoleCode.ADMINISTRATOR},
)
NATIONAL_OFFICE = Role(
    code=RoleCode.NATIONAL_OFFICE,
    about_vi="Văn phòng Điều phối nông thôn mới Trung ương. Áp dụng bộ tiêu chí quốc gia, nhập quyết định công nhận "
    "cấp tỉnh và ghi số liệu công bố chung cả nước.",
    about_en="The national coordination office. Adopts the national standards, enters the recognition of provinces "
    "and records figures published for the whole country.",
    levels=frozenset({Level.NATION}),
    may_be_nationwide=True,
    appoints=frozenset(RoleCode) - {RoleCode.ADMINISTRATOR},
)
AUDITOR = Role(
    code=RoleCode.AUDITOR,
    about_vi="Người kiểm tra, giám sát. Đọc được mọi số liệu và nhật ký, không ghi gì.",
    about_en="An inspector. Reads every figure and the audit trail, writes nothing.",
    levels=frozenset(Level.values),
    may_be_nationwide=True,
)
ADMINISTRATOR = Role(
    code=RoleCode.ADMINISTRATOR,
    about_vi="Người giữ cho hệ thống chạy: tài khoản, chức danh, việc nền. Không xem và không ghi số liệu.",
    about_en="Keeps the system running: accounts, posts, background jobs. Sees no figures and records none.",
    levels=frozenset({Level.PROVINCE, Level.NATION}),
    may_be_nationwide=True,
    appoints=frozenset(RoleCode),
    reads_data=False,
)

ROLES: Final = {
    role.code: role
    for role in (
        HAMLET_HEAD,
        HAMLET_BOARD,
        COMMUNE_OFFICER,
        COMMUNE_CHAIR,
        FRONT_OFFICER,
        STEERING,
        DISTRICT_OFFICE,
        SECTOR_DEPARTMENT,
        COUNCIL_MEMBER,
        PROVINCE_OFFICE,
        NATIONAL_OFFICE,
        AUDITOR,
        ADMINISTRATOR,
    )
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
    """A post's label as recorded, its title in the language of the moment: "Hamlet head (xóm) · xóm Khe Cốc".

    A field of work stands in brackets after the title and is kept as it is: "Sở, ngành (Xây dựng) · tỉnh Lạng Sơn".
    """
    title, dot, place = label.partition(" · ")
    plain, bracket, field = title.partition(" (")
    words = gettext(title) if title else ""
    if words == title and title.startswith("Trưởng "):
        words = gettext("Trưởng %(kind)s") % {"kind": title.removeprefix("Trưởng ")}
    elif words == title and bracket:
        words = f"{gettext(plain)}{bracket}{field}"
    return f"{words}{dot}{place}"
