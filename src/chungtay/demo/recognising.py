"""What the stories tell of recognition: the road of Khe Cốc to its certificate, the lists and titles of Lạng Sơn.

What is told enters as told; a step, a day or a name that nobody told is marked reconstructed and says so, or stays
unknown. Running it again changes nothing.
"""

from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from chungtay.core.actors import SystemActor
from chungtay.core.refusals import NotFound
from chungtay.demo.identity import story_uid
from chungtay.recognition.dossiers import actions as dossiers
from chungtay.recognition.procedures import adopting as procedures
from chungtay.recognition.titles import actions as titles
from chungtay.recognition.titles import keeping
from chungtay.recognition.titles import queries as title_queries
from chungtay.territory import actions as territory_actions
from chungtay.territory import queries as territory
from rulebook import Mark, read_law
from rulebook.loading.procedures import read_procedures

MODEL, SMART = "xom-kieu-mau-thai-nguyen", "xom-thong-minh-thai-nguyen"
ADVANCED, AREA = "xa-ntm-nang-cao-2021-2025", "khu-dan-cu-kieu-mau-lang-son"
CEREMONY, END_OF_2022 = date(2023, 5, 24), date(2022, 12, 31)
KHE_COC_ARTICLE = "Bài viết về lễ đón bằng công nhận xóm Khe Cốc, 24/5/2023"
LANG_SON_ARTICLE = "Bài viết về xây dựng nông thôn mới ở thành phố Lạng Sơn, cuối năm 2022"
REBUILT_STEP = "Dựng lại theo trình tự chung; bài viết không kể bước này, chỉ biết đã xong trước lễ đón bằng"
BETWEEN: Final = (
    "self_assess",
    "hamlet_meeting",
    "verify",
    "notice",
    "commune_meeting",
    "submit",
    "appraise",
)
AREAS: Final = 19  # told as a number; where they lie and what they are called nobody told
COMMUNES_OF_THE_CITY: Final = ("hoang_dong", "quang_lac", "mai_pha")


@transaction.atomic
def recognise_khe_coc(places: dict[str, int], *, at: datetime) -> None:
    """Chosen in 2022 for both titles; the model one by the whole dossier, the smart one told as completed only."""
    by = SystemActor(label="Dữ liệu minh họa")
    folder = settings.LAW_DIR
    procedures.adopt(by=by, at=at, procedures=read_procedures(folder, read_law(folder, with_cases=False)))
    place_id = places["khe_coc"]
    if any(each.on_record for each in title_queries.titles(place_id, by=timezone.localdate(at))):
        return  # entered by an earlier release, or by an officer
    told: dict[str, Any] = {"by": by, "at": at, "mark": Mark.TOLD, "source": KHE_COC_ARTICLE}
    chosen = {
        code: dossiers.register(
            **told, place_id=place_id, standard_code=code, year=2022, uid=_uid("registration", code)
        )
        for code in (MODEL, SMART)
    }
    dossier = dossiers.open_dossier(
        **told,
        place_id=place_id,
        standard_code=MODEL,
        year=2023,
        opened_on=END_OF_2022,
        registration_id=chosen[MODEL].pk,
        uid=_uid("dossier"),
    )
    who: dict[str, Any] = {"by": by, "at": at, "dossier_id": dossier.pk}
    dossiers.tell_step(
        **who,
        step="register",
        on=END_OF_2022,
        is_day_known=False,
        source=KHE_COC_ARTICLE,
        uid=_uid("register"),
    )
    for step in BETWEEN:
        dossiers.tell_step(
            **who,
            step=step,
            on=CEREMONY,
            is_day_known=False,
            mark=Mark.RECONSTRUCTED,
            source=REBUILT_STEP,
            uid=_uid(step),
        )
    dossiers.decide(
        **who,
        decided_on=CEREMONY,
        is_day_known=False,
        told=True,
        role="district_chair",
        source=KHE_COC_ARTICLE,
        uid=_uid("decide"),
    )
    dossiers.tell_step(
        **who,
        step="certify",
        on=CEREMONY,
        is_day_known=False,
        role="district_chair",
        source=KHE_COC_ARTICLE,
        uid=_uid("certify"),
    )
    dossiers.tell_step(**who, step="announce", on=CEREMONY, source=KHE_COC_ARTICLE, uid=_uid("announce"))


@transaction.atomic
def tell_ranks_and_lists(places: dict[str, int], *, at: datetime) -> None:
    """Told ranks, lists of what is to be built, and recognitions on record of which only the number is told."""
    by = SystemActor(label="Dữ liệu minh họa")
    who: dict[str, Any] = {"by": by, "at": at}
    keeping.tell_rank(
        **who,
        place_id=places["khe_coc"],
        root_id=territory.resolve("huyện Phú Lương, Thái Nguyên", day=CEREMONY).id,
        standard_codes=[MODEL, SMART],
        rank=1,
        words="Xóm đầu tiên của huyện hoàn thành cả xóm nông thôn mới kiểu mẫu và xóm thông minh",
        source=KHE_COC_ARTICLE,
        uid=_uid("rank"),
    )
    keeping.tell_rank(
        **who,
        place_id=places["tp_lang_son"],
        root_id=territory.resolve("tỉnh Lạng Sơn", day=END_OF_2022).id,
        standard_codes=[AREA],
        rank=1,
        words="Thành phố có nhiều khu dân cư nông thôn mới kiểu mẫu nhất tỉnh",
        source=LANG_SON_ARTICLE,
        uid=_uid("rank", "lang_son"),
    )
    _lists_of_2022(who, places)
    _titles_of_the_city(who, places)


def _lists_of_2022(who: dict[str, Any], places: dict[str, int]) -> None:
    """Quảng Lạc among the five pilots; Hoàng Đồng's three areas approved to be built, not recognised."""
    told = {**who, "year": 2022, "source": LANG_SON_ARTICLE}
    dossiers.register(
        **told,
        place_id=places["quang_lac"],
        standard_code=ADVANCED,
        due_on=END_OF_2022,
        note="Một trong 5 xã điểm của năm; danh sách không được kể",
        uid=_uid("registration", "quang_lac"),
    )
    built = [places["cum_3"]] + [
        _area(
            who,
            f"to_build_{n}",
            f"Khu dân cư được phê duyệt xây dựng thứ {n} (dựng lại)",
            places["hoang_dong"],
        )
        for n in (2, 3)
    ]
    for n, place_id in enumerate(built, 1):
        mark = Mark.TOLD if n == 1 else Mark.RECONSTRUCTED
        dossiers.register(
            **told,
            place_id=place_id,
            standard_code=AREA,
            mark=mark,
            note="Được phê duyệt xây dựng năm 2022, chưa được công nhận",
            uid=_uid("registration", "area", str(n)),
        )


def _titles_of_the_city(who: dict[str, Any], places: dict[str, int]) -> None:
    """Nineteen model areas and two of three advanced communes: numbers told, the rest unknown or reconstructed."""
    mai_pha = territory.resolve("Mai Pha, Lạng Sơn", day=END_OF_2022).id
    communes = {**places, "mai_pha": mai_pha}
    for n in range(1, AREAS + 1):
        parent = communes[COMMUNES_OF_THE_CITY[n % 3]]
        place_id = _area(who, f"model_{n}", f"Khu dân cư kiểu mẫu thứ {n} (dựng lại)", parent)
        titles.enter_on_record(
            **who,
            place_id=place_id,
            standard_code=AREA,
            year=2022,
            decided_by="UBND thành phố Lạng Sơn",
            source="Bài viết kể 19 khu dân cư kiểu mẫu, không kể nơi nào, năm nào: dựng lại cho đủ số",
            mark=Mark.RECONSTRUCTED,
            uid=_uid("title", "area", str(n)),
        )
    for key in ("hoang_dong", "mai_pha"):
        titles.enter_on_record(
            **who,
            place_id=communes[key],
            standard_code=ADVANCED,
            year=2022,
            decided_by="Chủ tịch UBND tỉnh Lạng Sơn",
            source="Bài viết kể 2/3 xã nâng cao, không kể xã nào, năm nào: dựng lại, vì Quảng Lạc là xã còn phấn đấu",
            mark=Mark.RECONSTRUCTED,
            uid=_uid("title", key),
        )


def _area(who: dict[str, Any], key: str, name: str, parent: int) -> int:
    """A residential area that stands for one of a told number."""
    uid = story_uid("place", "area", key)
    try:
        return territory.place_by_uid(uid).id
    except NotFound:
        founded = territory_actions.found_place(
            **who,
            name=name,
            kind="",
            level="area",
            parent=parent,
            valid_from=None,
            source="Dựng lại cho đủ số bài viết kể; tên và nơi không được kể",
            uid=uid,
        )
        return founded.id


def _uid(*parts: str) -> Any:
    return story_uid("recognition", *parts)
