"""The statutory papers of Khe Cốc's recognition, opened again as their readers would; what is unknown says so."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from PIL import Image
from pypdf import PdfReader

from chungtay.recognition.papers import (
    BUILDERS,
    UPLOADED,
    ArrearsFacts,
    ArrearsLine,
    Binding,
    CheckLine,
    CriterionLine,
    DecisionFacts,
    Facts,
    GateLine,
    Hand,
    Held,
    MeetingFacts,
    NoticeFacts,
    OpinionLine,
    PhotoLine,
    PlaceNames,
    ProofLine,
    Right,
    SurveyFacts,
    SurveyLine,
    Uncomposable,
    Unit,
    UpkeepFacts,
    bound,
    invitation,
    notice,
    papers_of,
)
from paper import Document, Original, Part, Signatures, Volume, to_docx, to_volume_pdf
from rulebook import Verdict
from rulebook.loading.book import read_law
from rulebook.loading.procedures import read_procedures
from rulebook.procedure import Verb

LAW = Path(__file__).parents[2] / "law"
DAY = date(2023, 5, 10)
DECIDED = date(2023, 5, 24)
SAMPLE = "Bộ tiêu chí là bộ mẫu, chưa xác nhận với văn bản gốc."
PROCEDURES = read_procedures(LAW, read_law(LAW, with_cases=False)).by_id
HAMLET = PROCEDURES["cong-nhan-xom-kieu-mau-thai-nguyen"]
COMMUNE = PROCEDURES["cong-nhan-xa-2021-2025"]
NAMES = PlaceNames(
    Unit("xóm", "Khe Cốc"), Unit("xã", "Tức Tranh"), Unit("tỉnh", "Thái Nguyên"), Unit("huyện", "Phú Lương")
)


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (320, 200), "#8aa").save(out, "JPEG")
    return out.getvalue()


def checks(*lines: CheckLine) -> dict[str, tuple[CheckLine, ...]]:
    return dict.fromkeys(("verify", "appraise"), lines)


CRITERIA = (
    CriterionLine(
        "1", "Giao thông", "từ 100% đường trục xóm được cứng hóa", "4,8/4,8 km (100%)", Verdict.MET, "met", 3,
        checks=checks(CheckLine("Phòng Kinh tế và Hạ tầng", "met", "field", date(2023, 4, 20))),
    ),
    CriterionLine("1.1", "Đường ngõ xóm sạch", "từ 90%", "96%", Verdict.MET, "met", 1, depth=1),
    CriterionLine(
        "2", "Thu nhập", "từ 52 triệu đồng/người/năm", "", Verdict.UNKNOWN, "basically_met", 0,
        note="dựng lại từ lời kể",
        checks=checks(
            CheckLine("Chi cục Thống kê", "not_met", "desk", date(2023, 4, 21), "Chưa có phiếu điều tra thu nhập")
        ),
    ),
    CriterionLine("3", "Camera an ninh", "từ 5 camera", "7 camera", Verdict.MET, "met", 2, note="bộ mẫu"),
    CriterionLine("4", "Nhà ở", "không còn nhà tạm", "2 nhà", Verdict.NOT_MET, ""),
)  # fmt: skip
MEETING = MeetingFacts(
    "Họp xóm", "hộ", date(2023, 3, 12), "19 giờ 30", "Nhà văn hóa xóm", "Trưởng xóm", "Thư ký xóm",
    attended=("Bí thư chi bộ", "Trưởng ban công tác Mặt trận"),
    matters=("Thông qua báo cáo tự đánh giá", "Biểu quyết đề nghị công nhận"),
    counts={"members": 132, "present": 108, "for": 101, "against": 7},
    verdict=Verdict.MET,
    sentences=("Đồng ý 101/108 người dự họp, đạt 93,52%; cần từ 90% trở lên.",),
)  # fmt: skip
COUNCIL = replace(
    MEETING,
    name="Hội đồng thẩm định họp xét",
    whole="thành viên",
    tellers=("Ủy viên thứ nhất",),
    counts={
        "members": 15, "present": 13, "issued": 13, "returned": 13, "valid": 12, "for": 11, "basically": 1,
        "against": 0,
    },
)  # fmt: skip
FACTS = Facts(
    procedure=HAMLET.on(DAY),
    names=NAMES,
    title="xóm đạt chuẩn nông thôn mới kiểu mẫu",
    standard="Bộ tiêu chí xóm nông thôn mới kiểu mẫu tỉnh Thái Nguyên",
    year=2023,
    on=DAY,
    criteria=CRITERIA,
    gates=(
        GateLine("Đạt đủ các tiêu chí", Verdict.NOT_MET, "kết quả xét theo bộ tiêu chí"),
        GateLine("Không có nợ đọng xây dựng cơ bản", Verdict.UNKNOWN, "chưa có báo cáo nợ đọng"),
    ),
    opinions=(
        OpinionLine("Hội Nông dân xã", "Nhất trí với báo cáo", date(2023, 4, 2), "Tiếp thu"),
        OpinionLine("Ý kiến người dân", "Đề nghị thêm đèn ngõ 3", None, ""),
    ),
    notices={
        "notice": NoticeFacts(
            date(2023, 3, 15), date(2023, 3, 30), ("trụ sở UBND xã", "nhà văn hóa xóm"), 6,
            "ít nhất 5 lần trong 15 ngày", 2,
        )
    },
    meetings={
        "hamlet_meeting": MEETING, "commune_meeting": replace(MEETING, whole="thành viên"), "deliberate": COUNCIL
    },
    survey=SurveyFacts(
        date(2023, 4, 28), 132, 130, 120,
        (
            SurveyLine("Hài lòng về đường xóm", 118, 120, "từ 80%", Verdict.MET),
            SurveyLine("Hài lòng về nước sạch", None, 119, "từ 80%"),
        ),
        ("Số hộ tham gia 120/132 (90,91%), đạt mức từ 70%.",), Verdict.UNKNOWN, "ab" * 32,
    ),
    arrears=ArrearsFacts(
        DAY,
        (
            ArrearsLine("Đường trục xóm", 750_000_000, 750_000_000, 0),
            ArrearsLine("Nhà văn hóa", 1_200_000_000, None, None),
        ),
        None,
    ),
    decision=DecisionFacts(decided_on=DECIDED),
    upkeep=UpkeepFacts(
        "Quyết định ngày 24/5/2023 của Chủ tịch Ủy ban nhân dân huyện Phú Lương.",
        ("Tiêu chí 4. Nhà ở: trước đạt, nay chưa đạt.",), ("Thu nhập: ngưỡng tăng từ năm 2024.",), date(2024, 5, 24),
    ),
    photos=(PhotoLine(photo(), "Đường trục xóm", "Đường trục xóm, 04/2023"),) * 3,
    proofs=(ProofLine("1", "Biên bản nghiệm thu đường", date(2023, 1, 5), "giấy tờ", "cd" * 32),),
    days={"results_report": DAY},
    hands={"commune": Hand(Right.DEPUTY), "district_chair": Hand()},
    marks=(SAMPLE,),
)  # fmt: skip
COMMUNE_FACTS = replace(
    FACTS,
    procedure=COMMUNE.on(DAY),
    names=replace(NAMES, place=NAMES.commune),
    title="xã đạt chuẩn nông thôn mới nâng cao",
    grounds=("18/2022/QĐ-TTg",),
    meetings={
        "commune_meeting": replace(MEETING, whole="thành viên"),
        "district_meeting": replace(MEETING, whole="thành viên"),
        "deliberate": COUNCIL,
    },
)


def composed(facts: Facts) -> Iterator[tuple[str, Document]]:
    """Every paper that can be made, by its component or step."""
    for component in facts.procedure.components.values():
        if component.code in BUILDERS:
            yield from ((component.code, paper) for paper in papers_of(component, facts))
    for step in facts.procedure.steps.values():
        if step.verb is Verb.NOTICE:
            yield step.code, notice(facts, step)
        if step.vote:
            yield step.code, invitation(facts, step)


@pytest.fixture(scope="module")
def said() -> dict[str, str]:
    """The words of every paper of both dossiers, by component: all of them made as one file."""
    papers = [
        (f"{facts.procedure.level}/{code}", paper)
        for facts in (FACTS, COMMUNE_FACTS)
        for code, paper in composed(facts)
    ]
    volume = Volume("Mọi văn bản", tuple(Part(code, paper) for code, paper in papers))
    pages = PdfReader(io.BytesIO(to_volume_pdf(volume, on=DAY)))
    starts = [
        (str(each.title), pages.get_destination_page_number(each) or 0)
        for each in pages.outline
        if not isinstance(each, list)
    ]
    found: dict[str, str] = {}
    for (_, first), (_, after), (code, _paper) in zip(
        starts, [*starts[1:], ("", len(pages.pages))], papers, strict=True
    ):
        text = " ".join(page.extract_text() for page in pages.pages[first:after])
        found[code] = " ".join((found.get(code, "") + " " + text).replace("\u200b", "").split())
    return found


def test_every_component_of_every_procedure_is_made_or_is_told_why_not() -> None:
    for procedure in PROCEDURES.values():
        for code in procedure.components:
            assert (code in BUILDERS) is not (code in UPLOADED), (procedure.id, code)


def test_every_paper_stands_in_the_decrees_form_and_bears_the_warning(said: dict[str, str]) -> None:
    for code, words in said.items():
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words, code
        assert words.count(SAMPLE) >= 2, code  # under the title and at the foot


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("hamlet/results_report", [
            "UBND XÃ TỨC TRANH BAN PHÁT TRIỂN XÓM KHE CỐC", "Tức Tranh, ngày 10 tháng 5 năm 2023",
            "Theo số liệu: đạt 2/4 tiêu chí; chưa đạt 1 tiêu chí; chưa có số liệu 1 tiêu chí.",
            "Theo tự đánh giá: đạt 2/4 tiêu chí; cơ bản đạt 1 tiêu chí; chưa tự đánh giá 1 tiêu chí.",
            "Thu nhập (dựng lại từ lời kể)", "XÁC NHẬN CỦA UBND XÃ TỨC TRANH",
        ]),
        ("hamlet/hamlet_minutes", [
            "Có mặt 108 trên tổng số 132 hộ (81,82%).", "Đồng ý 101 76,52% 93,52%", "Kết luận: thông qua.",
        ]),
        ("hamlet/commune_letter", [
            "/TTr-UBND", "Kính gửi: Ủy ban nhân dân huyện Phú Lương.", "Căn cứ Luật Tổ chức chính quyền địa phương;",
            "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "- Lưu: VT.",
        ]),
        ("hamlet/decision", [
            "ỦY BAN NHÂN DÂN HUYỆN PHÚ LƯƠNG", "/QĐ-UBND", "Phú Lương, ngày 24 tháng 5 năm 2023",
            "Điều 1. Công nhận xóm Khe Cốc, xã Tức Tranh, huyện Phú Lương, tỉnh Thái Nguyên đạt chuẩn "
            "nông thôn mới kiểu mẫu năm 2023.",
            "- Như Điều 3;",
        ]),
        ("commune/request", ["Căn cứ Quyết định số 18/2022/QĐ-TTg;", "Hình ảnh minh họa kết quả;"]),
        ("commune/district_letter", ["Kính gửi: Ủy ban nhân dân tỉnh Thái Nguyên (qua Sở Nông nghiệp của tỉnh)."]),
        ("commune/verification_report", [
            "Kết quả thẩm tra", "Chi cục Thống kê", "hồ sơ, 21/04/2023", "Chưa có phiếu điều tra thu nhập",
            "Đã thẩm tra 2/4",
        ]),
        ("commune/appraisal_report", ["Kết quả thẩm định", "UBND TỈNH THÁI NGUYÊN", "- Hội đồng thẩm định tỉnh"]),
        ("commune/opinions", ["6 lần (quy định: ít nhất 5 lần trong 15 ngày)", "Đề nghị thêm đèn ngõ 3", "Chưa ghi"]),
        ("commune/debt_statement", [
            "Còn 1/2 công trình chưa có số liệu về nợ đọng nên chưa kết luận được", "750.000.000",
        ]),
        ("commune/survey_report", [
            "MTTQ-BTT", "120 hộ trên 132 hộ (90,91%)", "118 120 98,33%", "TM. BAN THƯỜNG TRỰC",
            "Kết luận: chưa kết luận được.",
        ]),
        ("commune/council_minutes", [
            "BIÊN BẢN KIỂM PHIẾU", "Số phiếu không hợp lệ 1 phiếu 6,67% 7,69%", "“Cơ bản đạt” 1",
            "TRƯỞNG BAN KIỂM PHIẾU CHỦ TỊCH HỘI ĐỒNG",
        ]),
        ("commune/upkeep_report", ["Tiêu chí 4. Nhà ở: trước đạt, nay chưa đạt.", "ngưỡng tăng", "24/05/2024"]),
        ("commune/notice", ["/TB-UBND", "15/03/2023 đến 30/03/2023", "6 lần", "Nơi nhận ý kiến"]),
        ("commune/deliberate", ["/GM-HĐTĐ", "TM. HỘI ĐỒNG"]),
    ],
)  # fmt: skip
def test_the_paper_says_what_its_reader_needs(said: dict[str, str], code: str, parts: list[str]) -> None:
    for part in parts:
        assert part in said[code], f"{part!r} not in {said[code]}"


def test_what_a_hamlets_board_writes_has_no_number(said: dict[str, str]) -> None:
    assert "Số:" not in said["hamlet/hamlet_minutes"] and "Số:" in said["hamlet/commune_minutes"]


def test_since_the_district_is_gone_nobody_is_known_who_decides_on_a_hamlet() -> None:
    later = replace(FACTS, on=date(2025, 7, 2), procedure=HAMLET, decision=DecisionFacts())
    with pytest.raises(Uncomposable, match="Chưa biết ai có thẩm quyền công nhận vào ngày 02/07/2025"):
        papers_of(HAMLET.components["decision"], later)


def test_the_authority_is_that_of_the_day_of_the_decision() -> None:
    later = replace(FACTS, on=date(2025, 8, 1), procedure=HAMLET)  # decided in 2023, printed later
    (paper,) = papers_of(HAMLET.components["decision"], later)
    assert paper.letterhead is not None and paper.letterhead.issuer.endswith("huyện Phú Lương")


def test_no_arrears_is_said_only_where_every_work_is_known_and_a_debt_stands_in_words() -> None:
    component = COMMUNE.components["debt_statement"]

    def words(arrears: ArrearsFacts | None) -> str:
        (paper,) = papers_of(component, replace(COMMUNE_FACTS, arrears=arrears))
        return str(paper.blocks)

    owing = ArrearsFacts(DAY, (ArrearsLine("Đường", 9, 4, 5_000_000),), 5_000_000)
    assert "5.000.000 đồng (năm triệu đồng chẵn)" in words(owing)
    assert "Không có nợ đọng" in words(ArrearsFacts(DAY, (ArrearsLine("Đường", 9, 9, 0),), 0))
    for unknown in (FACTS.arrears, None, ArrearsFacts(DAY, (), None)):
        assert "Không có nợ đọng" not in words(unknown) and "chưa có số liệu" in words(unknown)


@pytest.mark.parametrize(
    ("right", "post", "lines"),
    [
        (Right.OWN, "", ("TM. Ủy ban nhân dân", "Chủ tịch")),
        (Right.DEPUTY, "", ("TM. Ủy ban nhân dân\nKT. Chủ tịch", "Phó Chủ tịch")),
        (Right.BY_ORDER, "Chánh Văn phòng", ("TL. Chủ tịch", "Chánh Văn phòng")),
        (Right.AUTHORISED, "Trưởng phòng Kinh tế", ("TUQ. Chủ tịch", "Trưởng phòng Kinh tế")),
    ],
)
def test_the_right_to_sign_stands_over_the_signature(right: Right, post: str, lines: tuple[str, str]) -> None:
    facts = replace(COMMUNE_FACTS, hands={"commune": Hand(right, post, "Trần Văn A")})
    (paper,) = papers_of(facts.procedure.components["request"], facts)
    (signer,) = next(block.signers for block in paper.blocks if isinstance(block, Signatures))
    assert (signer.capacity, signer.role) == lines and signer.name == "Trần Văn A"


def test_a_meeting_nobody_recorded_gives_minutes_to_write_on_with_no_count_invented() -> None:
    (paper,) = papers_of(HAMLET.components["hamlet_minutes"], replace(FACTS, meetings={}))
    words = str(paper.blocks)
    assert "Có mặt chưa có số liệu" in words and "Kết luận: chưa kết luận được." in words


def test_every_paper_is_also_a_word_file() -> None:
    for code, paper in composed(FACTS):
        file = docx.Document(io.BytesIO(to_docx(paper, on=DAY)))
        assert paper.kind.upper() in [each.text for each in file.paragraphs], code


def test_the_whole_file_holds_made_brought_located_and_missing_papers_and_the_contents_say_which() -> None:
    facts = FACTS
    brought = photo()
    digest = hashlib.sha256(brought).hexdigest()
    bindings = []
    for component in facts.procedure.components.values():
        match component.code:
            case "proofs":
                bindings.append(
                    Binding(
                        component,
                        Held.BROUGHT,
                        original=Original(lambda: brought, "mc.jpg", digest),
                        name="mc.jpg",
                        digest=digest,
                    )
                )
            case "hamlet_minutes":
                bindings.append(
                    Binding(component, Held.LOCATED, location="Kho lưu trữ UBND xã, hộp 12", name="03/BB")
                )
            case "certificate" | "decision" | "verification_report":
                bindings.append(Binding(component))
            case _:
                bindings.append(Binding(component, Held.MADE, papers_of(component, facts), digest="ef" * 32))
    file = PdfReader(io.BytesIO(to_volume_pdf(bound(facts, bindings), on=DAY)))
    marks = [str(each.title) for each in file.outline if not isinstance(each, list)]
    assert marks[:2] == ["Bìa", "Danh mục thành phần hồ sơ"]
    assert len(marks) == 2 + len(bindings) - 2 and marks[4] == "3. Minh chứng từng tiêu chí"
    listed = " ".join(file.pages[1].extract_text().split())
    for part in (
        "Tệp đưa lên: mc.jpg",
        "Bản gốc giấy: Kho lưu trữ UBND xã, hộp 12",
        "Lập từ số liệu",
        "Còn thiếu",
    ):
        assert part in listed
    assert digest[:16] in listed and "efefefefefefefef" in listed
    whole = " ".join(page.extract_text() for page in file.pages)
    assert "NƠI LƯU BẢN GỐC" in whole and "Chưa có giấy tờ này trong hồ sơ." in whole
