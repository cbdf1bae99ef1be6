"""The truth table of `rulebook.verdicts`, over arrays. Nothing else in this package combines verdicts.

A verdict code is 2 bits: unknown 00, met 01, not met 10, excused 11. Its low bit says whether it holds in a group.
An array of codes is uint8, one code a place.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rulebook.verdicts import Verdict

Codes = NDArray[np.uint8]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

UNKNOWN, MET, NOT_MET, EXCUSED = (np.uint8(code) for code in range(4))
VERDICT_OF = (Verdict.UNKNOWN, Verdict.MET, Verdict.NOT_MET, Verdict.EXCUSED)
CODE_OF = {verdict: code for code, verdict in enumerate(VERDICT_OF)}


def unknown(places: int) -> Codes:
    """Nothing known of any place."""
    return np.full(places, UNKNOWN)


def yes(holds: Flags) -> Codes:
    """Met where it holds, not met elsewhere."""
    return NOT_MET - holds.view(np.uint8)


def where_known(known: Flags, codes: Codes) -> Codes:
    """`codes` where known, unknown (0) elsewhere."""
    return codes * known


def at_least(n: int, members: Sequence[Codes], places: int) -> Codes:
    """At least `n` members must hold; each member and the answer: (places,)."""
    if not members:
        return unknown(places)
    holding, open_ = np.zeros(places, np.uint16), np.zeros(places, np.uint16)
    all_excused = np.ones(places, np.bool_)
    for codes in members:
        holding += codes & 1
        open_ += codes == UNKNOWN
        all_excused &= codes == EXCUSED
    met, possible = holding >= n, holding + open_ >= n
    answer = where_known(met | ~possible, yes(met))
    answer[all_excused] = EXCUSED
    return answer


def all_of(members: Sequence[Codes], places: int) -> Codes:
    """Every member must hold: at least as many as there are."""
    return at_least(len(members), members, places)


def agreed(members: Sequence[tuple[Flags, Codes]], places: int) -> Codes:
    """What the members that count for a place agree on, else unknown; a member: (counts for the place, codes)."""
    seen, same, first = np.zeros(places, np.bool_), np.ones(places, np.bool_), unknown(places)
    for counts, codes in members:
        same &= ~(counts & seen) | (codes == first)
        first = np.where(counts & ~seen, codes, first)
        seen |= counts
    return where_known(same & seen, first)


def case_that_applies(cases: Sequence[tuple[Codes, Codes]], places: int) -> Codes:
    """The verdict of the first case whose guard holds; while a guard is unknown, every case still open must agree.

    cases: (the guard, the case's own verdict). A single open case that does not surely apply gives unknown.
    """
    decided, unsure, open_cases = (
        np.zeros(places, np.bool_),
        np.zeros(places, np.bool_),
        np.zeros(places, np.int32),
    )
    members: list[tuple[Flags, Codes]] = []
    for guard, verdict in cases:
        is_open = ~decided & (guard != NOT_MET)
        members.append((is_open, verdict))
        open_cases += is_open
        unsure |= is_open & (guard == UNKNOWN)
        decided |= is_open & (guard != UNKNOWN)
    return where_known((open_cases > 1) | ~unsure, agreed(members, places))


def with_excuse(codes: Codes, why: Codes) -> Codes:
    """`codes` excused where `why` is met; a failing one stays unknown while `why` is."""
    open_ = (why == UNKNOWN) & (codes == NOT_MET)
    return np.where(why == MET, EXCUSED, where_known(~open_, codes))
