"""Where money and labour come from: the groups of the programme's reports, in their order. Data, not code.

Credit is what people borrow: shown beside the rest, never part of what anybody contributed (see `report_lines`).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    CENTRAL = "central", _("Ngân sách Trung ương")
    PROVINCE = "province", _("Ngân sách tỉnh")
    DISTRICT = "district", _("Ngân sách huyện (trước 01/7/2025)")
    COMMUNE = "commune", _("Ngân sách xã")
    INTEGRATED = "integrated", _("Vốn lồng ghép")
    CREDIT = "credit", _("Vốn tín dụng")
    ENTERPRISE = "enterprise", _("Doanh nghiệp")
    PEOPLE = "people", _("Người dân đóng góp")
    NATIVES = "natives", _("Con em xa quê")
    OTHER = "other", _("Nguồn khác, tài trợ")
    STATE_UNSPLIT = "state", _("Vốn Nhà nước, không tách cấp")
    SOCIAL_UNSPLIT = "social", _("Dân, doanh nghiệp, tín dụng, không tách")
    UNTOLD = "untold", _("Không kể nguồn nào")


STATE = (
    Source.CENTRAL,
    Source.PROVINCE,
    Source.DISTRICT,
    Source.COMMUNE,
    Source.INTEGRATED,
    Source.STATE_UNSPLIT,
)
GIVING = (Source.PEOPLE, Source.NATIVES, Source.ENTERPRISE, Source.OTHER)
"""Who gives: whose money, labour, land and goods are gifts with a receipt."""
UNSPLIT = (Source.STATE_UNSPLIT, Source.SOCIAL_UNSPLIT, Source.UNTOLD)
"""What papers tell of many sources in one sum: kept whole, for a split nobody told is not made up. Nobody plans, pays
or gives by them."""
