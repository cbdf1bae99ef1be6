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


STATE = (Source.CENTRAL, Source.PROVINCE, Source.DISTRICT, Source.COMMUNE, Source.INTEGRATED)
GIVING = (Source.PEOPLE, Source.NATIVES, Source.ENTERPRISE, Source.OTHER)
"""Who gives: whose money, labour, land and goods are gifts with a receipt."""
