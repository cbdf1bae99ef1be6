"""The papers of a survey: a card with a secret for each household, blank ballots that all look alike, the result.

The card is scanned and handed back, the ballot goes into the box: no paper bears both a code and an answer.
"""

from collections.abc import Iterable
from fractions import Fraction

from chungtay.recognition.surveys.views import CardView, OutcomeView, ResultView, SurveyView
from chungtay.territory.queries import PlaceView
from paper import (
    CARD_SHEET,
    Block,
    Card,
    Cards,
    Column,
    Document,
    Heading,
    Letterhead,
    Note,
    Paragraph,
    Qr,
    Question,
    Signatures,
    Signer,
    Table,
)
from rulebook import Mark
from rulebook.printing import MARKS, WORDS
from rulebook.procedure import TRUST as ASSUMED
from rulebook.questionnaire import Questionnaire
from viet.dates import format_day
from viet.numbers import format_number

MOST_BLANK = 500
_DOTS = "." * 60 + "\n"  # a line to write on


def cards(shown: SurveyView, found: Iterable[CardView], address: str) -> Document:
    """Cards to cut out, one a household. address: where a scanned card leads, with “{secret}” in it."""
    made = tuple(
        Card(
            title="Thẻ lấy ý kiến của hộ",
            over=each.hamlet,
            texts=(
                f"Sự hài lòng của người dân: {shown.title}, năm {shown.year}.",
                "Quét mã để trả lời trên điện thoại, hoặc đưa thẻ này khi bỏ phiếu giấy vào hòm.",
            ),
            qr=address.replace("{secret}", each.token),
            code=each.printed,
            foot="Mỗi hộ một thẻ, dùng một lần. Thẻ chỉ để biết hộ đã trả lời; không ai biết hộ trả lời gì.",
        )
        for each in found
    )
    return Document((Cards(made),), page=CARD_SHEET, about="Thẻ lấy ý kiến sự hài lòng")


def blank_ballots(shown: SurveyView, asked: Questionnaire, place: PlaceView, many: int) -> Document:
    """Ballots for the box: all alike, without any code."""
    options = tuple(each.name.vi for each in asked.options)
    one = Card(
        title="Phiếu lấy ý kiến về sự hài lòng của người dân",
        over=place.full_name,
        texts=(
            f"Danh hiệu: {shown.title}, năm {shown.year}. Mỗi câu đánh dấu một ô. Không ghi tên.",
            *_warning(asked),
        ),
        questions=(
            *(Question(f"{n}. {each.text.vi}", options) for n, each in enumerate(asked.questions, 1)),
            Question(f"Ý kiến khác: {_DOTS * 3}", ()),
        ),
        foot="Gấp phiếu, tự bỏ vào hòm; đưa thẻ của hộ cho người thu.",
    )
    return Document((Cards((one,) * many, across=2, down=1),), page=CARD_SHEET, about="Phiếu lấy ý kiến")


def report(shown: SurveyView, place: PlaceView, address: str) -> Document:
    """The result as it is posted: counts first, a percent only beside them."""
    result = shown.result
    assert result is not None  # only a counted survey has one
    counts = result.counts
    blocks: list[Block] = [
        Paragraph(
            f"Danh hiệu: {shown.title}, năm {shown.year}. Đơn vị chủ trì: Mặt trận Tổ quốc Việt Nam."
            + (f" Kết quả ngày {format_day(shown.closed_on)}." if shown.closed_on else "")
        ),
        Table(
            (Column("Nội dung", 3), Column("Số lượng", 1)),
            tuple(
                (words, counts.get(code))
                for code, words in (
                    ("households", "Tổng số hộ"),
                    ("issued", "Số phiếu phát ra"),
                    ("participants", "Số hộ trả lời"),
                )
            ),
            caption="Tham gia",
        ),
        *_sentences((result.taking_part, result.overall, *result.others)),
        Table(
            (
                Column("TT", 0.4),
                Column("Nội dung hỏi", 4),
                Column("Hài lòng", 1),
                Column("Trả lời", 1),
                Column("Tỷ lệ", 1),
                Column("Kết quả", 1.2),
            ),
            tuple(
                (
                    n,
                    each.text.vi,
                    each.satisfied,
                    each.answered,
                    percent(each.satisfied, each.answered),
                    WORDS[each.outcome.verdict].vi if each.outcome else "",
                )
                for n, each in enumerate(result.questions, 1)
            ),
            caption="Từng câu hỏi",
        ),
    ]
    if result.hamlets:
        blocks += _hamlets(shown, result)
    blocks += [
        Qr(address, ("Kết quả công khai; dấu số: " + shown.digest[:16] + ".",)),
        Signatures((Signer("Chủ tịch", capacity="TM. Ban Thường trực"),)),
    ]
    return Document(
        letterhead=Letterhead(
            issuer=f"Ủy ban MTTQ Việt Nam {place.full_name}", number="", symbol="BC-MTTQ", place=place.name
        ),
        kind="Báo cáo",
        subject="Kết quả lấy ý kiến về sự hài lòng của người dân",
        blocks=tuple(blocks),
        marks=tuple(_marks(shown)),
    )


def percent(part: int, whole: int) -> str:
    """ "83,33%"; "–" of nothing."""
    return f"{format_number(Fraction(100 * part, whole), 2)}%" if whole else "–"


def _sentences(outcomes: Iterable[OutcomeView | None]) -> list[Block]:
    return [Paragraph(each.sentence.vi) for each in outcomes if each]


def _hamlets(shown: SurveyView, result: ResultView) -> list[Block]:
    rows = []
    for each in result.hamlets:
        satisfied = answered = None
        if each.questions is not None:
            satisfied, answered = (sum(pair[n] for pair in each.questions.values()) for n in (0, 1))
        told = "không nêu riêng" if each.returned else "–"
        if satisfied is not None and answered is not None:
            told = f"{satisfied}/{answered} ({percent(satisfied, answered)})"
        rows.append((each.name, each.households, each.issued, each.returned, told))
    below = shown.questionnaire.withheld_below.number if shown.questionnaire else 0
    return [
        Heading("Theo thôn", 2),
        Table(
            (
                Column("Thôn", 2),
                Column("Số hộ", 1),
                Column("Phát ra", 1),
                Column("Trả lời", 1),
                Column("Hài lòng", 1.4),
            ),
            tuple(rows),
        ),
        Note(f"Thôn có dưới {below} phiếu, và thôn mà từ đó suy ra được, không nêu riêng."),
    ]


def _warning(asked: Questionnaire) -> tuple[str, ...]:
    trust = ASSUMED[asked.ground.provenance].vi
    return (f"Mẫu phiếu {trust}, chưa xác nhận.",) if trust and trust != "chưa xác nhận" else ()


def _marks(shown: SurveyView) -> list[str]:
    marks = []
    if shown.mark is not Mark.MEASURED:
        marks.append(f"Loại hồ sơ: {MARKS[shown.mark].vi}. Nguồn: {shown.source}.")
    if shown.questionnaire and not shown.questionnaire.ground.confirmed:
        marks.append("Mẫu phiếu là minh họa, chưa xác nhận với mẫu của Mặt trận Tổ quốc Việt Nam.")
    return marks
