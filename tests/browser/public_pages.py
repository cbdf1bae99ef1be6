"""Every type of public page by name, and its address in the two stories: for axe and for pictures."""

from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from chungtay.community.meetings.models import Decision, Meeting
from chungtay.community.publishing import actions as news
from chungtay.community.publishing import posting
from chungtay.community.publishing.models import News
from chungtay.core.actors import SystemActor
from chungtay.core.jobs import queue
from chungtay.core.jobs.worker import run_leased
from chungtay.demo.builder import Built
from chungtay.demo.drawing import photograph
from chungtay.demo.joining import join_hands
from chungtay.evidence import actions as evidence
from chungtay.evidence.subjects import Subject
from chungtay.figures.draining import drain
from chungtay.registers.amenities.models import Asset
from chungtay.works.models import Work

MODEL: Final = "xom-kieu-mau-thai-nguyen"
ROAD: Final = "Mở rộng và bê tông hóa 4,3 km đường xóm"

PAGES: Final = {
    "ca-nuoc": "/",
    "tinh": "/noi/{thai_nguyen}/",
    "xa": "/noi/{vo_tranh}/",
    "xom": "/noi/{khe_coc}/",
    "tieu-chi": "/noi/{khe_coc}/tieu-chi/" + MODEL + "/1/",
    "tieu-chi-o-cac-noi": "/noi/{vo_tranh}/tieu-chi/" + MODEL + "/4/cac-noi/",
    "noi-da-sap-nhap": "/noi/{quang_lac}/",
    "cong-trinh": "/noi/{khe_coc}/cong-trinh/",
    "mot-cong-trinh": "/noi/{khe_coc}/cong-trinh/{road}/",
    "dong-gop": "/noi/{khe_coc}/dong-gop/",
    "quyet-dinh": "/cong-khai/quyet-dinh/{decision}/",
    "giay-moi-hop": "/cong-khai/hop/{meeting}/",
    "danh-hieu-cua-noi": "/noi/{khe_coc}/danh-hieu/",
    "danh-hieu-cua-xa": "/noi/{hoang_dong}/danh-hieu/",
    "danh-hieu": "/danh-hieu/",
    "con-thieu": "/noi/{khe_coc}/con-thieu/",
    "bo-tieu-chi": "/luat/",
    "mot-bo-tieu-chi": "/luat/" + MODEL + "/",
    "mot-tieu-chi-cua-bo": "/luat/" + MODEL + "/1/",
    "tin-cua-noi": "/noi/{khe_coc}/tin/",
    "mot-tin": "/tin/{news}/",
    "tin": "/tin/",
    "niem-yet": "/noi/{khe_coc}/niem-yet/",
    "san-xuat": "/noi/{khe_coc}/san-xuat/",
    "ban-do-cua-noi": "/noi/{khe_coc}/ban-do/",
    "mot-vat-tren-ban-do": "/noi/{khe_coc}/ban-do/{asset}/",
    "ban-do": "/ban-do/",
    "tim": "/tim/?q=khe",
    "tim-khong-thay": "/tim/?q=khongconoinao",
    "khong-co-trang": "/noi/9/x/",
    "du-lieu-mo": "/du-lieu/",
    "bang-du-lieu": "/du-lieu/danh-hieu/",
    "nhung": "/nhung/{khe_coc}/ma/",
    "khung-nhung": "/nhung/{khe_coc}/",
    "api": "/api/v1/",
    "sau-quyen": "/sau-quyen/",
    "gioi-han": "/gioi-han/",
    "gop-y": "/gop-y/",
    "gui-gop-y": "/dia-ban/{khe_coc}/gop-y/gui/",
    "theo-doi-gop-y": "/dia-ban/{khe_coc}/gop-y/theo-doi/",
    "kiem-tra-giay": "/kiem-tra-giay/",
    "xin-rut-ten": "/xin-rut-ten/",
    "theo-doi-rut-ten": "/xin-rut-ten/theo-doi/",
    "tieng-anh": "/en/noi/{khe_coc}/",
    "nghe": "/doc/noi/{khe_coc}/",
}

# What journeys of other files show to axe in every look.
SEEN_ON_JOURNEYS: Final = {
    "api", "ban-do-cua-noi", "bang-du-lieu", "bo-tieu-chi", "du-lieu-mo", "giay-moi-hop", "gioi-han", "gui-gop-y",
    "mot-bo-tieu-chi", "mot-tieu-chi-cua-bo", "mot-tin", "nghe", "nhung", "niem-yet",
    "sau-quyen", "theo-doi-gop-y", "tieu-chi-o-cac-noi", "xin-rut-ten",
}  # fmt: skip


def tell_all(demo: Any) -> dict[str, object]:
    """Tell all of the stories, a news item and its posting; gives what the addresses ask for, by name."""
    now, place_id = timezone.now(), demo.places["khe_coc"]
    join_hands(Built(places=demo.places, logins=[], figures=0), at=now, say=lambda _line: None)
    item = _news(place_id)
    while lease := queue.take(now=timezone.now()):
        run_leased(lease)
    drain(at=now, limit=100_000)
    return demo.places | {
        "road": Work.objects.get(place=place_id, name=ROAD).pk,
        "decision": Decision.objects.filter(place=place_id).earliest("pk").uid,
        "meeting": Meeting.objects.filter(place=place_id).earliest("pk").uid,
        "asset": Asset.objects.filter(place=place_id, kind="road").earliest("pk").pk,
        "news": item.uid,
    }


def _news(place_id: int) -> News:
    """The ceremony told with a drawn photograph, and posted at the culture house since long enough."""
    told: dict[str, Any] = {"by": SystemActor(label="Trưởng xóm"), "at": timezone.now()}
    title = "Khe Cốc đón bằng công nhận xóm nông thôn mới kiểu mẫu"
    body = (
        "Xóm tổ chức lễ đón bằng tại nhà văn hóa, mời đại diện mọi hộ đến dự.\n\n"
        "Con đường 4,3 km cả xóm cùng làm đã thông từ đầu xóm đến đồi chè. Danh sách đóng góp và quyết toán "
        "niêm yết ở nhà văn hóa để mọi người cùng xem."
    )
    item = news.write(**told, place_id=place_id, kind="news", title=title, body=body)
    subject = Subject(kind="news", ref=str(item.uid), label=title, place_id=place_id)
    picture = photograph("culture_house", timezone.now() - timedelta(days=1), 21.7055, 105.7714)
    kept = evidence.keep_file(**told, place_id=place_id, content=picture, name="le.jpg", proves=[subject])
    words = {"alt": "Nhà văn hóa xóm Khe Cốc ngày đón bằng", "caption": "Nhà văn hóa xóm, nơi tổ chức lễ."}
    news.describe(**told, news_id=item.pk, file_id=kept.file_id, **words)
    news.publish(**told, news_id=item.pk)
    posting.put_up(
        **told,
        place_id=place_id,
        what="Danh sách đóng góp và quyết toán đường xóm",
        channel="board",
        where="Nhà văn hóa xóm Khe Cốc",
        posted_from=timezone.localdate() - timedelta(days=24),
        news_uid=item.uid,
    )
    return item
