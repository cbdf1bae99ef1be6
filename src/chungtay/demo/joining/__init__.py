"""What the two stories tell of joining hands: decided, given, built, held; made by the deeds of the right posts.

What is told is entered as told. Where only a total is told, or a thing and not its parts, the records under it are
marked reconstructed, say so in their source, and sum to what is told. A split nobody told is not made up: it stays one
sum. Each story is written once and whole; running it again changes nothing, whatever officers did since.
"""

from collections.abc import Callable
from datetime import datetime

from chungtay.demo.builder import Built
from chungtay.demo.joining.khe_coc import tell_khe_coc
from chungtay.demo.joining.lang_son import tell_lang_son
from chungtay.demo.joining.teller import Teller
from chungtay.demo.livelihood import tell_livelihood
from chungtay.demo.recognising import tell_ranks_and_lists
from chungtay.ledger.counting import drain

__all__ = ["join_hands"]


def join_hands(built: Built, *, at: datetime, say: Callable[[str], None]) -> None:
    """Write both stories' deeds on top of what `build_stories` built, and count the ledger."""
    for name, tell in (("khe_coc", tell_khe_coc), ("lang_son", tell_lang_son)):
        say(name)
        tell(Teller(built.places, at))
    tell_ranks_and_lists(built.places, at=at)
    tell_livelihood(Teller(built.places, at))
    drain(at=at)
