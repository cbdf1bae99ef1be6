"""What the article on Khe Cốc tells of its tea: a group of 38 members on 20 ha, a co-operative of 15, a code of 2022.

The code itself, its area and whose it is, and how well the two organisations work, nobody told: they stay unknown.
"""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from chungtay.demo.identity import story_uid
from chungtay.demo.recognising import KHE_COC_ARTICLE
from chungtay.registers.livelihood import actions, queries
from rulebook import Mark, Period

if TYPE_CHECKING:  # `joining` tells this story too
    from chungtay.demo.joining.teller import Teller

HEAD = "truongxom.khecoc"


@transaction.atomic
def tell_livelihood(to: "Teller") -> None:
    """All of it once; running it again changes nothing, whatever officers did since."""
    if queries.was_entered("producer", _uid("group")):
        return
    told: dict[str, Any] = {**to.by(HEAD), "mark": Mark.TOLD, "source": KHE_COC_ARTICLE}
    here = {**told, "place_id": to.places["khe_coc"]}
    name, activity = "Tổ sản xuất chè hữu cơ Khe Cốc 2", "Sản xuất chè hữu cơ"
    facts = {"name": name, "form": "group", "activity": activity, "members_told": 38}
    group = actions.enter(**here, kind="producer", told=facts, uid=_uid("group"))
    facts = {"crop": "tea", "practice": "organic", "area_ha": Decimal(20)}
    actions.enter(**here, kind="area", told=facts, producer_id=group, uid=_uid("area"))
    name, activity = "HTX chè an toàn Khe Cốc", "Sản xuất chè an toàn"
    facts = {"name": name, "form": "cooperative", "activity": activity, "members_told": 15}
    actions.enter(**here, kind="producer", told=facts, uid=_uid("cooperative"))
    code = actions.enter(**here, kind="code", told={"crop": "tea"}, uid=_uid("code"))
    actions.step(**told, code_id=code, move="granted", period=Period.year(2022), uid=_uid("granted"))


def _uid(what: str) -> Any:
    return story_uid("livelihood", "khe_coc", what)
