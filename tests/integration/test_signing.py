"""Three proofs of a signature, none of which is a click; and certificates that say when a byte of them was changed."""

import json
import random
import threading
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from PIL import Image
from pypdf import PdfReader, PdfWriter
from tests.integration.signing_samples import (
    NOW,
    Holder,
    issue,
    office,
    revoking,
    root,
    roots_folder,
    signed,
)

from chungtay.core.actors import SystemActor
from chungtay.core.models import AuditEvent, Job
from chungtay.core.refusals import NotFound, NotPermitted, Refusal
from chungtay.office.recognition import signing_verify
from chungtay.people.models import Post
from chungtay.recognition.models import Certificate, SignatureProof, Title
from chungtay.recognition.signing import (
    actions,
    certificates,
    checking,
    queries,
    registers,
    running,
    settled,
    signed_pdf,
    signers,
    words,
)
from chungtay.recognition.signing.checking import Outcome
from chungtay.recognition.signing.facts import Wording
from chungtay.recognition.signing.signed_pdf import NotReadable, Roots, Trust
from chungtay.recognition.titles.actions import enter_on_record

ADDRESS = "https://chungtay.example/kiem-tra-bang/{secret}/"
TODAY = NOW.date()
SYSTEM = SystemActor(label="Người dựng thử")


@pytest.fixture
def trusting(tmp_path: Path, settings: Any) -> Path:
    """The site trusts the root of the samples."""
    settings.TRUST_ROOTS = str(roots_folder(tmp_path / "roots"))
    return tmp_path


@pytest.fixture
def title(demo: Any) -> Title:
    """The model title of Khe Cốc."""
    return Title.objects.get(place=demo.place("khe_coc"), standard_code="xom-kieu-mau-thai-nguyen")


@pytest.fixture
def issued(demo: Any, title: Title) -> Certificate:
    return certificates.issue(by=_chair(demo), at=NOW, title_id=title.pk, address=ADDRESS)


def _chair(demo: Any) -> Any:
    return demo.post("văn phòng Thái Nguyên")


def pdf(words_: str = "Biên bản") -> bytes:
    from paper import Document, Letterhead, Paragraph, to_pdf

    return to_pdf(Document((Paragraph(words_),), letterhead=Letterhead("UBND xã"), kind="Biên bản"), on=TODAY)


@pytest.fixture(scope="module")
def minutes() -> bytes:
    return pdf()


def weighed(content: bytes, folder: Path, at: datetime = NOW) -> signed_pdf.Signature:
    (found,) = signed_pdf.read_signatures(content, signed_pdf.roots_in(folder), at=at)
    return found


# ── Digital signatures ────────────────────────────────────────────────────────


def test_a_whole_signature_under_a_trusted_root_names_its_signer_and_what_is_not_known(
    minutes: bytes, tmp_path: Path
) -> None:
    found = weighed(signed(minutes, office()), roots_folder(tmp_path / "r"))
    assert (found.signer, found.chain) == ("Ủy ban nhân dân xã Vô Tranh", ("Cơ quan chứng thực thử",))
    assert found.is_good and found.trust is Trust.TRUSTED and found.covers_all
    told = dict(words.facts_of(found))
    assert "không ai xác nhận" in told["Lúc ký"]  # no time stamp vouches for it
    assert told["Thu hồi"] == "chưa kiểm tra được, vì không có danh sách"


BAD_CERTIFICATES: dict[str, tuple[Callable[[], Holder], Trust, str]] = {
    "self-signed": (lambda: issue("Tự ký"), Trust.SELF_SIGNED, "tự cấp"),
    "of an unknown root": (
        lambda: issue("Lạ", issue("Gốc lạ", is_authority=True)),
        Trust.UNKNOWN_ROOT,
        "không có trong danh sách tin cậy",
    ),
    "expired when it signed": (
        lambda: issue("Hết hạn", root(), ends=NOW - timedelta(days=30)),
        Trust.EXPIRED,
        "hết hạn",
    ),
}


@pytest.mark.parametrize("sort", BAD_CERTIFICATES)
def test_a_signature_nobody_vouches_for_is_said_to_be_one(sort: str, minutes: bytes, tmp_path: Path) -> None:
    holder, trust, sentence = BAD_CERTIFICATES[sort]
    found = weighed(signed(minutes, holder()), roots_folder(tmp_path / "r"))
    assert found.is_intact and not found.is_good and found.trust is trust
    assert sentence in words.state_of(found)


def test_a_certificate_expired_since_and_one_taken_back_are_told_apart(
    minutes: bytes, tmp_path: Path
) -> None:
    content = signed(minutes, office())
    later = weighed(content, roots_folder(tmp_path / "r"), NOW + timedelta(days=9000))
    assert later.trust is Trust.EXPIRED_SINCE and "nay đã hết hạn" in words.state_of(later)
    taken = weighed(content, roots_folder(tmp_path / "s", ("list.crl", revoking(office()))))
    assert taken.trust is Trust.REVOKED and not taken.is_good and taken.revocation_known


def test_a_byte_changed_and_a_page_added_after_signing_are_both_found(minutes: bytes, tmp_path: Path) -> None:
    content, folder = signed(minutes, office()), roots_folder(tmp_path / "r")
    broken = bytearray(content)
    broken[300] ^= 1
    assert not weighed(bytes(broken), folder).is_intact
    more = PdfWriter(BytesIO(content), incremental=True)
    more.add_blank_page(100, 100)
    out = BytesIO()
    more.write(out)
    found = weighed(out.getvalue(), folder)
    assert found.changed_after and not found.is_good


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04 khong phai", signed_pdf.Why.NOT_A_PDF),
        (b"%PDF-1.7\nkhong co gi", signed_pdf.Why.BROKEN),
        (b"%PDF-" + bytes(signed_pdf.MOST_BYTES), signed_pdf.Why.TOO_LARGE),
    ],
    ids=["not a PDF", "broken", "too large"],
)
def test_what_cannot_be_read_is_refused_by_name(content: bytes, why: str) -> None:
    with pytest.raises(NotReadable) as refused:
        signed_pdf.read_signatures(content, Roots(), at=NOW)
    assert refused.value.why == why and words.why_unreadable(refused.value.why)


def test_a_locked_pdf_says_to_take_the_lock_off(minutes: bytes) -> None:
    writer = PdfWriter(clone_from=BytesIO(minutes))
    writer.encrypt("mật khẩu", algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    with pytest.raises(NotReadable) as refused:
        signed_pdf.read_signatures(out.getvalue(), Roots(), at=NOW)
    assert "mật khẩu" in words.why_unreadable(refused.value.why)


# ── Proofs of a signed paper ──────────────────────────────────────────────────


@pytest.fixture
def attach(demo: Any) -> Callable[..., SignatureProof]:
    """The head of Khe Cốc puts forward a proof of the signed minutes of its dossier."""

    def one(**more: Any) -> SignatureProof:
        given: dict[str, Any] = {
            "by": demo.post("trưởng xóm Khe Cốc"),
            "at": NOW,
            "place_id": demo.place("khe_coc"),
            "kind": "minutes",
            "ref": "bien-ban-1",
            "proof": "digital",
            "label": "Biên bản họp xóm",
        }
        return actions.attach(**(given | more))

    return one


def a_scan() -> BytesIO:
    out = BytesIO()
    Image.new("RGB", (320, 200), "white").save(out, "PNG")
    return out


def test_three_proofs_of_one_paper_stand_side_by_side_and_a_newer_one_takes_the_place_of_its_like(
    attach: Callable[..., SignatureProof], trusting: Path, minutes: bytes, queries_of: Callable[..., int]
) -> None:
    attach(content=BytesIO(signed(minutes, office())), name="bien-ban.pdf")
    attach(proof="scan", content=a_scan(), name="anh.png")
    attach(proof="location", office="Văn phòng xã", shelf="tủ 2", number="12/2026")
    attach(proof="location", office="Lưu trữ tỉnh")
    found = queries.signatures_of("minutes", ["bien-ban-1", "khong-co"])
    assert found["khong-co"] == ()
    standing = {each.proof: each for each in found["bien-ban-1"] if each.is_standing}
    assert standing.keys() == {"digital", "scan", "location"}
    assert standing["location"].where == "Lưu trữ tỉnh"
    assert [each.where for each in found["bien-ban-1"] if not each.is_standing] == [
        "Văn phòng xã, tủ/giá/hộp tủ 2, số lưu 12/2026"
    ]
    (signer,) = standing["digital"].signers
    assert (signer.name, signer.is_good) == ("Ủy ban nhân dân xã Vô Tranh", True)
    assert queries_of(lambda: queries.signatures_of("minutes", ["bien-ban-1", "khong-co"])) == 1
    events = AuditEvent.objects.filter(deed="recognition.attach_signature")
    assert [each.detail["version"] for each in events.order_by("pk")] == [1, 1, 1, 2]


def test_a_commune_chair_sends_the_minutes_they_signed(
    attach: Callable[..., SignatureProof], demo: Any
) -> None:
    chair = Post.objects.get(role="commune_chair", place=demo.post("cán bộ Vô Tranh").place_id)
    assert attach(proof="scan", content=a_scan(), name="anh.png", by=chair).file_id


def test_sending_the_same_proof_twice_writes_it_once(
    attach: Callable[..., SignatureProof], unchanged: Callable[..., Any]
) -> None:
    first = attach(proof="location", office="Văn phòng xã", uid=(uid := SignatureProof().uid))
    with unchanged():
        assert attach(proof="location", office="Văn phòng xã", uid=uid) == first
        with pytest.raises(Refusal, match="bản ghi khác"):
            attach(proof="location", office="Văn phòng xã", ref="giay-khac", uid=uid)


def test_what_proves_nothing_is_refused_with_a_sentence_and_keeps_nothing(
    attach: Callable[..., SignatureProof], minutes: bytes, unchanged: Callable[..., Any]
) -> None:
    broken = bytearray(signed(minutes, office()))
    broken[300] ^= 1
    with unchanged():
        for content, sentence in (
            (minutes, "không có chữ ký số nào"),
            (bytes(broken), "bị sửa sau khi ký"),
            (a_scan().getvalue(), "không phải tệp PDF"),
        ):
            with pytest.raises(Refusal, match=sentence):
                attach(content=BytesIO(content), name="tep.pdf")
        with pytest.raises(Refusal, match="Chưa chọn tệp"):
            attach()
        with pytest.raises(Refusal, match="cơ quan, phòng giữ bản giấy"):
            attach(proof="location")


def test_only_posts_of_the_place_and_above_send_and_see_proofs(
    attach: Callable[..., SignatureProof], demo: Any
) -> None:
    stranger = demo.post("cán bộ Quảng Lạc")
    with pytest.raises(NotPermitted):
        attach(proof="location", office="Văn phòng xã", by=stranger)
    row = attach(proof="location", office="Văn phòng xã")
    with pytest.raises(NotFound):
        queries.proof(row.pk, seen_by=stranger)
    assert queries.proof(row.pk, seen_by=_chair(demo)).where == "Văn phòng xã"


# ── Our own signer ────────────────────────────────────────────────────────────


def test_a_soft_key_from_the_settings_signs_and_is_recognised(
    minutes: bytes, trusting: Path, settings: Any
) -> None:
    (trusting / "s.pem").write_bytes(office().pem + root().pem)
    (trusting / "s.key").write_bytes(office().key_pem)
    settings.SIGNER = f"pem://{trusting}/s.pem?key={trusting}/s.key"
    with signers.own_signer() as signer:
        content = signers.sign_pdf(minutes, signer)
    assert weighed(content, trusting / "roots").is_good


class _Service(BaseHTTPRequestHandler):
    """A signing service that speaks just enough of CSC, with the office's key."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert self.headers["Authorization"] == "Bearer ma-bi-mat"
        assert asked["credentialID"] == "ubnd"
        if self.path.endswith("/credentials/info"):
            chain = [b64encode(each).decode() for each in (office().der, root().der)]
            told: dict[str, Any] = {"cert": {"certificates": chain}}
        elif self.path.endswith("/credentials/authorize"):
            told = {"SAD": f"cho phép {asked['PIN']}"}
        else:
            assert asked["SAD"] == "cho phép 1234"
            algorithm = ec.ECDSA(utils.Prehashed(hashes.SHA256()))
            signature = office().key.sign(b64decode(asked["hash"][0]), algorithm)
            told = {"signatures": [b64encode(signature).decode()]}
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_told: Any) -> None:
        pass


@pytest.fixture
def service() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/csc/v1"
    server.shutdown()


def test_a_remote_service_signs_without_the_paper_leaving_us(
    minutes: bytes, trusting: Path, settings: Any, service: str
) -> None:
    (trusting / "token").write_text("ma-bi-mat\n")
    (trusting / "pin").write_text("1234")
    settings.SIGNER = f"{service}?credential=ubnd&token-file={trusting}/token&pin-file={trusting}/pin"
    with signers.own_signer() as signer:
        content = signers.sign_pdf(minutes, signer)
    assert weighed(content, trusting / "roots").is_good


@pytest.mark.parametrize(
    "setting", ["pem:///khong/co.pem?key=/khong/co.key", "http://127.0.0.1:9/?credential=x", "la:x"]
)
def test_a_signer_that_cannot_be_reached_is_a_sentence(setting: str, settings: Any) -> None:
    settings.SIGNER = setting
    with pytest.raises(Refusal, match="báo người quản trị"), signers.own_signer():
        pass


def test_a_token_signs_where_the_machine_has_one(minutes: bytes, trusting: Path, settings: Any) -> None:
    pytest.importorskip("pkcs11")
    module = Path("/usr/lib/softhsm/libsofthsm2.so")
    if not module.exists():
        pytest.skip("softhsm2 is not installed")
    from tests.integration.signing_samples import soft_token

    settings.SIGNER = soft_token(module, trusting, office())
    with signers.own_signer() as signer:
        content = signers.sign_pdf(minutes, signer)
    assert weighed(content, trusting / "roots").is_good


# ── Certificates ──────────────────────────────────────────────────────────────


def test_a_certificate_says_what_the_decision_said_and_leaves_what_is_unknown_to_the_hand(
    issued: Certificate, title: Title
) -> None:
    content = certificates.content_of(issued.sha256)
    text = " ".join(PdfReader(BytesIO(content)).pages[0].extract_text().split())
    for told in ("XÓM KHE CỐC", "XÓM ĐẠT CHUẨN NÔNG THÔN MỚI KIỂU MẪU NĂM 2023", "01/2026", "BẢN MẪU"):
        assert told in text, told
    assert title.decision_number == "" and "Theo Quyết định số" in text and "/QĐ" not in text
    assert "không có giá trị pháp lý" in text  # the standard is a sample, and the paper says so
    assert issued.facts["address"].endswith("huyện Phú Lương, tỉnh Thái Nguyên")  # of its day
    described = PdfReader(BytesIO(content))
    assert b"pdfaid:part>2<" in content.replace(b" ", b"") and described.metadata is not None


def test_numbers_of_a_register_follow_one_another_and_a_new_certificate_replaces_the_old_one_with_a_reason(
    demo: Any, issued: Certificate, title: Title, unchanged: Callable[..., Any]
) -> None:
    with unchanged(), pytest.raises(Refusal, match="đã có bằng số 01/2026"):
        certificates.issue(by=_chair(demo), at=NOW, title_id=title.pk, address=ADDRESS)
    again = certificates.issue(
        by=_chair(demo), at=NOW, title_id=title.pk, address=ADDRESS, reason="Bằng cũ bị ướt"
    )
    new, old = registers.of_title(title.pk, on=TODAY)
    assert (new.id, new.register, new.state) == (again.pk, "02/2026", registers.IN_FORCE)
    assert (old.state, old.replaced_by) == (registers.REPLACED, "02/2026")
    assert new.facts["replaces"] == "01/2026"


def test_nobody_issues_for_their_own_place_and_one_uid_issues_once(
    demo: Any, title: Title, issued: Certificate, unchanged: Callable[..., Any]
) -> None:
    for persona in ("trưởng xóm Khe Cốc", "cán bộ Vô Tranh"):
        with pytest.raises(NotPermitted):
            certificates.issue(by=demo.post(persona), at=NOW, title_id=title.pk, address=ADDRESS)
    with unchanged():
        same = certificates.issue(by=_chair(demo), at=NOW, title_id=title.pk, address=ADDRESS, uid=issued.uid)
    assert same == issued


def test_a_wording_that_cannot_be_meant_is_refused_all_at_once(demo: Any, title: Title) -> None:
    wording = Wording("", "Chủ tịch", "x" * 61, TODAY + timedelta(days=1))
    with pytest.raises(Refusal) as refused:
        certificates.issue(by=_chair(demo), at=NOW, title_id=title.pk, address=ADDRESS, wording=wording)
    assert {fault.field for fault in refused.value.faults} == {"authority", "signed_in", "signed_on"}


def test_whatever_byte_is_changed_the_file_says_it_was_altered(issued: Certificate) -> None:
    content = certificates.content_of(issued.sha256)
    whole = checking.check_file(content, roots=Roots(), keys=registers.keys(), at=NOW)
    assert whole.outcome is Outcome.WHOLE and whole.facts == issued.facts
    chance = random.Random(6)
    seal = content.index(b"CTBANG1")
    spots = {*chance.sample(range(len(content)), 40), seal, seal + 20, len(content) - 2}
    spots |= {
        content.index(issued.key.encode()) + 45,
        content.index(issued.key.encode()) + 140,
    }  # length, signature
    for spot in spots:
        changed = bytearray(content)
        changed[spot] ^= 1
        found = checking.check_file(bytes(changed), roots=Roots(), at=NOW)
        assert found.outcome in (Outcome.ALTERED, Outcome.UNREADABLE), spot
    assert checking.check_file(content + b"\n% them", roots=Roots(), at=NOW).outcome is Outcome.ADDED_TO
    other = checking.check_file(content, roots=Roots(), keys=["x" * 43], at=NOW)
    assert other.outcome is Outcome.FOREIGN_KEY


def test_the_sites_signature_keeps_the_seal_and_a_stranger_adds_nothing_but_a_signature(
    demo: Any, issued: Certificate, trusting: Path, settings: Any
) -> None:
    (trusting / "s.pem").write_bytes(office().pem + root().pem)
    (trusting / "s.key").write_bytes(office().key_pem)
    settings.SIGNER = f"pem://{trusting}/s.pem?key={trusting}/s.key"
    running.sign_certificate.call(post_id=None, certificate_id=issued.pk)
    copy = certificates.sign(by=SYSTEM, at=NOW, certificate_id=issued.pk)
    assert copy is not None and copy.signer == "Ủy ban nhân dân xã Vô Tranh"
    content = certificates.content_of(copy.sha256)
    checked, view = registers.recognised(content, at=NOW, on=TODAY)
    assert checked.outcome is Outcome.WHOLE and view is not None and view.signer
    assert all(each.is_good for each in checked.signatures)
    chance = random.Random(6)
    for spot in chance.sample(range(issued.size, len(content)), 25):
        changed = bytearray(content)
        changed[spot] ^= 1
        found = registers.recognised(bytes(changed), at=NOW, on=TODAY)[0]
        assert found.outcome is Outcome.ALTERED, (spot, content[spot - 60 : spot + 20], found.signatures)
    page = PdfWriter(BytesIO(certificates.content_of(issued.sha256)), incremental=True)
    page.add_blank_page(100, 100)
    out = BytesIO()
    page.write(out)
    forged = signed(out.getvalue(), office())  # a good signature over a page that was never issued
    assert registers.recognised(forged, at=NOW, on=TODAY)[0].outcome is Outcome.ADDED_TO


def test_a_file_sealed_with_our_key_that_was_never_issued_is_not_recognised(
    issued: Certificate, title: Title
) -> None:
    from chungtay.recognition.signing import seals
    from chungtay.recognition.signing.facts import paper_of
    from paper import certificate_pdf

    facts = issued.facts | {"place": "xóm Khác"}
    word = seals.blank(facts, settled.sealing_key())
    made = seals.seal(certificate_pdf(paper_of(facts, word), on=TODAY), word, settled.sealing_key())
    checked, view = registers.recognised(made, at=NOW, on=TODAY)
    assert checked.outcome is Outcome.FOREIGN_KEY and view is None


def test_many_are_issued_by_one_job_and_a_second_run_issues_none(demo: Any, title: Title) -> None:
    post = _chair(demo)
    commune = enter_on_record(
        by=SYSTEM,
        at=NOW,
        place_id=demo.place("khe_coc"),
        standard_code=title.standard_code,
        year=2024,
        decided_by="Chủ tịch UBND huyện Phú Lương",
        source="Quyết định",
    )
    before = {each.title_id for each in registers.awaiting(post.place_id, on=TODAY)}
    assert {title.pk, commune.pk} <= before
    running.ask_for_many(by=post, title_ids=sorted(before), address=ADDRESS)
    assert Job.objects.filter(task__endswith="issue_many").exists()
    for _run in range(2):
        running.issue_many.call(post_id=post.pk, title_ids=sorted(before), address=ADDRESS)
        numbers = [each.number for each in registers.register(post.place_id, on=TODAY)]
        assert numbers == list(range(len(before), 0, -1))
    assert registers.awaiting(post.place_id, on=TODAY) == []


def test_the_register_asks_as_many_queries_for_one_certificate_as_for_many(
    demo: Any, issued: Certificate, title: Title, queries_of: Callable[..., int]
) -> None:
    place = demo.place("khe_coc")
    asked = queries_of(lambda: registers.register(place, on=TODAY))
    certificates.issue(by=_chair(demo), at=NOW, title_id=title.pk, address=ADDRESS, reason="Mất")
    assert queries_of(lambda: registers.register(place, on=TODAY)) == asked <= 6


# ── Offline ───────────────────────────────────────────────────────────────────


def told_by_command(*arguments: Any) -> tuple[str, str]:
    """What the command says, and why it fails ("" when it does not)."""
    out = StringIO()
    try:
        call_command("certificate", "verify", *map(str, arguments), stdout=out, stderr=out)
    except CommandError as failed:
        return out.getvalue(), str(failed)
    return out.getvalue(), ""


def test_the_command_needs_the_file_alone_and_says_whether_it_is_in_force_by_a_list(
    demo: Any, issued: Certificate, title: Title, tmp_path: Path, django_db_blocker: Any
) -> None:
    file, key, listed = tmp_path / "bang.pdf", issued.key, tmp_path / "danh-sach.json"
    file.write_bytes(certificates.content_of(issued.sha256))
    certificates.issue(by=_chair(demo), at=NOW, title_id=title.pk, address=ADDRESS, reason="Mất")
    listed.write_text(json.dumps(registers.published_list(made_at=NOW, on=TODAY)))
    with django_db_blocker.block():
        said, failed = told_by_command(file, "--key", key)
        assert not failed and "xóm Khe Cốc" in said and "nguyên vẹn, đúng bản đã cấp" in said
        said, failed = told_by_command(file)
        assert not failed and key in said and "so khóa" in said
        said, failed = told_by_command(file, "--key", key, "--list", listed)
        assert "thay bằng bằng mới" in failed
        listed.write_text(listed.read_text().replace("replaced", "in_force"))
        assert "danh sách" in told_by_command(file, "--key", key, "--list", listed)[1]
        changed = bytearray(file.read_bytes())
        changed[2000] ^= 1
        file.write_bytes(changed)
        assert "đã bị sửa" in told_by_command(file, "--key", key)[1]
        assert "Không đọc được" in told_by_command(tmp_path / "khong-co.pdf")[1]


# ── Pages ─────────────────────────────────────────────────────────────────────


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_whoever_scans_the_code_reads_what_the_paper_says_and_that_it_stands(
    demo: Any, issued: Certificate, title: Title, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = client.get(f"/kiem-tra-bang/{issued.secret}/")
    assert page.status_code == 200
    for told in ("xóm Khe Cốc", "có chữ “Bản mẫu”", "không có giá trị pháp lý", "01/2026"):
        assert told in text_of(page), told
    monkeypatch.setattr(signing_verify, "LOOKS_AN_HOUR", 1)
    for asker in ("192.0.2.7", "192.0.2.8"):  # each on their own account: nobody uses up what another may ask
        paper = client.get(f"/pdf/kiem-tra-bang/{issued.secret}/", REMOTE_ADDR=asker)
        assert paper.content.startswith(b"%PDF") and b"/Image" in paper.content
    monkeypatch.undo()
    certificates.issue(by=_chair(demo), at=NOW, title_id=title.pk, address=ADDRESS, reason="Mất")
    assert "đã được thay bằng bằng số 02/2026" in text_of(client.get(f"/kiem-tra-bang/{issued.secret}/"))
    unknown = client.get("/kiem-tra-bang/khong-co-ma-nay/")
    assert unknown.status_code == 404 and "Không có bằng nào" in text_of(unknown)


def test_a_file_brought_to_the_page_is_told_apart_and_never_kept(
    issued: Certificate, client: Any, unchanged: Callable[..., Any]
) -> None:
    content = certificates.content_of(issued.sha256)
    changed = bytearray(content)
    changed[2000] ^= 1
    with unchanged():
        for sent, status, sentence in (
            (content, 200, "nguyên vẹn, đúng bản đã cấp"),
            (bytes(changed), 422, "đã bị sửa sau khi cấp"),
            (pdf(), 422, "không phải bằng công nhận"),
            (b"GIF89a", 422, "không phải tệp PDF"),
            (b"%PDF-" + bytes(11 * 1024 * 1024), 422, "lớn hơn 10 MB"),
        ):
            answer = client.post("/kiem-tra-bang/", {"file": SimpleUploadedFile("bang.pdf", sent)})
            assert answer.status_code == status and sentence in text_of(answer), text_of(answer).split(
                "<h1>"
            )[1][:900]
        assert "Chưa chọn tệp" in text_of(client.post("/kiem-tra-bang/"))


@pytest.mark.django_db
def test_one_address_that_asks_too_often_is_told_to_wait(client: Any, monkeypatch: Any) -> None:

    monkeypatch.setattr(signing_verify, "FILES_AN_HOUR", 1)
    from_there = {"REMOTE_ADDR": "203.0.113.99"}
    answers = [client.post("/kiem-tra-bang/", **from_there) for _time in range(2)]
    assert ["chờ một giờ" in text_of(each) for each in answers] == [False, True]


def test_keys_list_file_and_picture_are_open_and_the_file_is_byte_for_byte(
    issued: Certificate, client: Any
) -> None:
    assert issued.key in client.get("/kiem-tra-bang/khoa.txt").content.decode()
    listed = client.get("/kiem-tra-bang/danh-sach.json")
    read = checking.read_list(listed.content, keys=[issued.key])
    assert read is not None and read.states[str(issued.uid)] == "in_force"
    file = client.get(f"/kiem-tra-bang/{issued.secret}/bang.pdf")
    assert file.content == certificates.content_of(issued.sha256)
    assert client.get(f"/kiem-tra-bang/{issued.secret}/anh.png").content.startswith(b"\x89PNG")


def test_an_office_issues_on_the_page_and_what_it_typed_stays_when_refused(demo: Any, title: Title) -> None:
    office_ = demo.visit("văn phòng Thái Nguyên")
    address = f"/dia-ban/{title.place_id}/bang-cong-nhan/"
    typed = {"viec": "cap", "title": title.pk, "signed_in": "Phú Lương", "signed_on": "31/02/2026"}
    refused = office_.post(address, typed)
    assert refused.status_code == 422 and 'value="Phú Lương"' in text_of(refused)
    assert office_.post(address, typed | {"signed_on": ""}).status_code == 302
    (row,) = Certificate.objects.all()
    assert row.facts["signed_in"] == "Phú Lương" and row.facts["check"].endswith(
        f"/kiem-tra-bang/{row.secret}/"
    )
    page = office_.get(f"/bang-cong-nhan/{row.pk}/")
    assert "Cấp lại bằng này" in text_of(page) and "Chưa có bằng chứng nào" in text_of(page)
    assert "01/" in office_.get(address + "?tai=csv").content.decode()
    head = demo.visit("trưởng xóm Khe Cốc")
    assert "do cấp trên trực tiếp làm" in text_of(head.get(address)) or "không được" in text_of(
        head.get(address)
    )


def test_a_proof_is_sent_from_the_page_of_its_paper_only(
    demo: Any, issued: Certificate, client: Any, trusting: Path, minutes: bytes
) -> None:
    office_ = demo.visit("văn phòng Thái Nguyên")
    page = text_of(office_.get(f"/bang-cong-nhan/{issued.pk}/"))
    paper = page.split('name="paper" value="')[1].split('"')[0]
    file = BytesIO(signed(minutes, office()))
    file.name = "bang.pdf"
    assert office_.post("/chu-ky/gui/", {"paper": paper, "proof": "digital", "file": file}).status_code == 302
    (row,) = SignatureProof.objects.all()
    assert (row.kind, row.ref, row.place_id) == ("certificate", str(issued.uid), issued.title.place_id)
    told = text_of(office_.get(f"/chu-ky/{row.pk}/"))
    assert "Ủy ban nhân dân xã Vô Tranh" in told and "thuộc nơi cấp được tin cậy" in told
    refused = office_.post("/chu-ky/gui/", {"paper": paper, "proof": "location", "shelf": "tủ 9"})
    assert refused.status_code == 422 and 'value="tủ 9"' in text_of(refused)
    assert office_.post("/chu-ky/gui/", {"paper": paper + "x", "proof": "location"}).status_code == 422
    visitor = text_of(client.get(f"/bang-cong-nhan/{issued.pk}/"))
    assert 'name="paper"' not in visitor and "xóm Khe Cốc" in visitor
