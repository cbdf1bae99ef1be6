"""The letter of submission (tờ trình) and the decision of recognition (quyết định)."""

import re
from dataclasses import replace
from datetime import date
from typing import Final

from chungtay.recognition.papers.facts import Facts, Hand, Uncomposable
from chungtay.recognition.papers.offices import letterhead, office_of, signed, signer
from chungtay.recognition.papers.reporting import addressees
from chungtay.recognition.papers.tables import criteria_summary, gate_table, opened
from paper import (
    Align,
    Block,
    Bullets,
    Document,
    Paragraph,
    Recipients,
    Run,
    Signatures,
)
from rulebook.procedure import Component, Verb, gone_since
from rulebook.texts import Text
from viet.dates import format_day


def request(facts: Facts, component: Component) -> tuple[Document, ...]:
    """Tờ trình; what a hamlet's board writes is a request (đơn đề nghị), for it numbers nothing."""
    office = office_of(component.producer, facts)
    kind = "Tờ trình" if office.short else "Đơn đề nghị"
    to = addressees(facts, component)
    verb = _asks(facts, component)
    later = facts.procedure.followers(component.step)
    with_it = tuple(
        each.name.vi
        for each in facts.procedure.components.values()
        if each.code != component.code and (each.step not in later or each.step == component.step)
    )
    blocks: list[Block] = [
        Paragraph((Run("Kính gửi: ", bold=True), Run("; ".join(to) + ".")), Align.CENTRE, indent=False),
        *_grounds(facts, ()),
        Paragraph(
            f"{opened(office.full)} kính đề nghị {'; '.join(to)} {verb} "
            f"{facts.names.whole} {facts.achieving} năm {facts.year}, với kết quả như sau:"
        ),
        *criteria_summary(facts),
        *([gate_table(facts)] if facts.gates else []),
        *_enclosed(with_it),
        Paragraph(f"{opened(office.full)} kính trình {'; '.join(to)} xem xét, quyết định./."),
        signed(office, component.producer, facts, ("Như trên",)),
    ]
    return (
        Document(
            letterhead=letterhead(office, "Tờ trình", facts, component.code),
            kind=kind,
            subject=f"Về việc {verb} {facts.names.place.full} {facts.achieving} năm {facts.year}",
            blocks=tuple(blocks),
            marks=facts.marks,
            foot=facts.foot,
        ),
    )


def decision(facts: Facts, component: Component) -> tuple[Document, ...]:
    """Quyết định công nhận, by the authority of its day. The number is the office's register's, unless it is told."""
    day = facts.decision.decided_on or facts.on
    authority = facts.procedure.authority_on(day)
    if authority is None or authority.role is None:
        raise _nobody(facts, component, day)
    office = office_of(authority.role, facts)
    head = letterhead(office, "Quyết định", facts, component.code)
    names = facts.names
    certified = any(each.verb is Verb.CERTIFY for each in facts.procedure.steps.values())
    keeps = (
        f"Ban phát triển {names.place.full}"
        if names.place != names.commune
        else f"Ủy ban nhân dân {names.place.full}"
    )
    articles = (
        f"Công nhận {names.whole} {facts.achieving} năm {facts.year}."
        + (" Cấp Bằng công nhận kèm theo Quyết định này." if certified else ""),
        f"{keeps} có trách nhiệm giữ vững và nâng cao chất lượng các tiêu chí đã đạt; việc duy trì được rà soát "
        "hằng năm theo quy định.",
        f"Chánh Văn phòng {office.issuer.replace(chr(10), ' ')}, thủ trưởng các cơ quan liên quan, Chủ tịch Ủy ban "
        f"nhân dân {names.commune.full} và {keeps[0].lower() + keeps[1:]} chịu trách nhiệm thi hành Quyết định này. "
        "Quyết định có hiệu lực kể từ ngày ký./.",
    )
    own = signer(office, facts.hands.get(authority.role, Hand()))
    return (
        Document(
            letterhead=replace(head, number=facts.decision.number, day=facts.decision.decided_on),
            kind="Quyết định",
            subject=f"Về việc công nhận {names.place.full} {facts.achieving} năm {facts.year}",
            blocks=(
                Paragraph((Run(office.full.upper(), bold=True),), Align.CENTRE, indent=False),
                *_grounds(facts, _proposers(facts)),
                Paragraph((Run("QUYẾT ĐỊNH:", bold=True),), Align.CENTRE, indent=False),
                *(
                    Paragraph((Run(f"Điều {at}. ", bold=True), Run(article)))
                    for at, article in enumerate(articles, 1)
                ),
                Signatures(
                    (own,),
                    Recipients(("Như Điều 3", *_reported_to(facts, authority.role)), "VT"),
                ),
            ),
            marks=facts.marks,
            foot=facts.foot,
        ),
    )


def _grounds(facts: Facts, proposed: tuple[str, ...]) -> tuple[Paragraph, ...]:
    """Căn cứ: each in italics on a line of its own, a semicolon after each and a full stop at the end."""
    grounds = [
        "Căn cứ Luật Tổ chức chính quyền địa phương",
        *(f"Căn cứ {cited(each)}" for each in facts.grounds),
        f"Căn cứ {facts.standard}",
        *(f"Theo đề nghị của {who}" for who in proposed),
    ]
    return tuple(
        Paragraph((Run(ground + ("." if at == len(grounds) else ";"), italic=True),))
        for at, ground in enumerate(grounds, 1)
    )


_KINDS: Final = {"QĐ": "Quyết định số", "NĐ": "Nghị định số", "NQ": "Nghị quyết số", "TT": "Thông tư số"}


def cited(law: str) -> str:
    """A number alone gets the kind of its paper: “Quyết định số 18/2022/QĐ-TTg”."""
    symbol = re.match(r"\d[\d/]*/([A-ZĐ]+)", law)
    return f"{_KINDS[symbol[1]]} {law}" if symbol and symbol[1] in _KINDS else law


def _enclosed(names: tuple[str, ...]) -> tuple[Block, ...]:
    if not names:
        return ()
    return Paragraph("Hồ sơ kèm theo gồm:"), Bullets(tuple(f"{name};" for name in names))


def _proposers(facts: Facts) -> tuple[str, ...]:
    """Whoever acted in the steps that the decision waits for."""
    steps = facts.procedure.steps
    before = [steps[code] for code in steps[facts.procedure.decides].after]
    return tuple(dict.fromkeys(office_of(each.by[0], facts).full for each in before if each.by))


def _asks(facts: Facts, component: Component) -> str:
    """What the letter asks for: verification where somebody verifies next, else that the title be considered."""
    later = facts.procedure.followers(component.step) - {component.step}
    next_verbs = [each.verb for each in facts.procedure.in_order if each.code in later]
    first = next((each for each in next_verbs if each in (Verb.VERIFY, Verb.APPRAISE)), None)
    return f"{first.word.vi}, xét công nhận" if first else "xét công nhận"


def _nobody(facts: Facts, component: Component, day: date) -> Uncomposable:
    """Why no decision can be written on a day."""
    role = facts.procedure.roles.get(component.producer)
    why = Text("quy trình chưa ghi ai quyết định", "the procedure does not say who decides")
    if role and not role.dated.holds_on(day):
        why = gone_since(role, day)
    return Uncomposable(
        f"Chưa biết ai có thẩm quyền công nhận vào ngày {format_day(day)} ({why.vi}), nên chưa soạn được quyết định. "
        "Hãy ghi cơ quan có thẩm quyền vào quy trình, hoặc đưa lên quyết định đã ký.",
        f"Who may recognise on {format_day(day, 'en')} is not known ({why.en}), so the decision cannot be made. "
        "Write the authority into the procedure, or upload the decision as signed.",
    )


def _reported_to(facts: Facts, role: str) -> tuple[str, ...]:
    """The level over who decides; a province reports to the ministry's coordination office."""
    if facts.procedure.roles[role].level == "province":
        return ("Văn phòng Điều phối nông thôn mới Trung ương (để báo cáo)",)
    return (f"Ủy ban nhân dân {facts.names.province.full} (để báo cáo)",)
