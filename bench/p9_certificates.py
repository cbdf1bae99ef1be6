"""P9: certificates of titles as they are issued (PDF/A, ornaments, QR, sealed) against WeasyPrint of a plainer page.

≥ 10× less CPU, ≥ 100 a core-second. Ours draws the whole form and its ornaments and seals the bytes; the other side
draws the same words, letters and QR without ornaments, so that the comparison is in its favour. Both must hold the same
names. WeasyPrint needs Pango of the system.

    PYTHONPATH=src python bench/p9_certificates.py [--size small|medium|full]
"""

import sys
from argparse import Namespace
from datetime import date
from itertools import count

from _common import Line, Size, Took, in_turn, main, report
from p9_papers import BOUND, DAY, EACH_SECOND, PAPERS, _Weasy, _words

from paper import certificate_pdf

SECRET = "đo tốc độ"


def run(asked: Namespace, size: Size, database: str) -> None:
    from django.utils import timezone

    from chungtay.recognition.signing import checking
    from chungtay.recognition.signing.signed_pdf import Roots

    made = PAPERS[size.name]
    other = max(1, made // 10)
    numbers, others = count(1), count(1)
    weasy = _Weasy()
    (ours, last), (reference, read) = in_turn(
        size,
        lambda: [_sealed(next(numbers)) for _ in range(made)][-1],
        lambda: [weasy.pdf(next(others)) for _ in range(other)][-1],
    )
    checked = checking.check_file(last, roots=Roots(), at=timezone.now())
    assert checked.outcome is checking.Outcome.WHOLE
    assert "KheCốcsố" in _words(read)
    assert f"KHECỐCSỐ{next(numbers) - 1}" in _words(last)
    one, theirs = (Took(took.wall / n, took.cpu / n) for took, n in ((ours, made), (reference, other)))
    ratio, rate = theirs.cpu / one.cpu, 1 / one.cpu
    report(
        Line(
            "P9", "typst, sealed", f"{made} certificates a round", one, theirs,
            f"{ratio:.0f}× (CPU), {rate:.0f} a core-second", f"≥ {BOUND:g}×, ≥ {EACH_SECOND}",
            ratio >= BOUND and rate >= EACH_SECOND,
        ),
        size,
    )  # fmt: skip


def _sealed(number: int) -> bytes:
    from chungtay.recognition.signing import seals
    from chungtay.recognition.signing.facts import paper_of

    facts, key = _facts(number), seals.private_key(SECRET)
    word = seals.blank(facts, key)
    return seals.seal(certificate_pdf(paper_of(facts, word), on=DAY), word, key)


def _facts(number: int) -> dict[str, object]:
    signed: date = DAY
    return {
        "uid": f"{number:032x}",
        "register": f"{number:02d}/2025",
        "place": f"xóm Khe Cốc số {number}",
        "address": "xã Vô Tranh, tỉnh Thái Nguyên",
        "title": "xóm đạt chuẩn nông thôn mới kiểu mẫu",
        "year": 2025,
        "decision_number": f"{number}/QĐ-UBND",
        "decided_on": signed.isoformat(),
        "decided_by": "Chủ tịch Ủy ban nhân dân xã Vô Tranh",
        "authority": "Chủ tịch Ủy ban nhân dân xã Vô Tranh",
        "signer": "Chủ tịch",
        "signed_in": "Vô Tranh",
        "signed_on": signed.isoformat(),
        "check": f"https://chungtay.example/kiem-tra-bang/{number:016d}/",
        "stamp": "",
        "marks": [],
    }


if __name__ == "__main__":
    sys.exit(main(__file__, run, databases=("sqlite",)))
