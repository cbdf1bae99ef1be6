"""Which place a row of another office's workbook means: by code or by name, never guessed between two."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from chungtay.territory.queries import PlaceView
from viet.letters import fold, spelled


class Matcher:
    """Finds places among those given. hoà and hòa are one name; marks may be left out, but where written they count."""

    def __init__(self, places: Sequence[PlaceView]) -> None:
        self._by_code: dict[str, list[PlaceView]] = {}
        self._spelled: dict[str, list[PlaceView]] = {}
        self._folded: dict[str, list[PlaceView]] = {}
        for place in places:
            if place.code:
                self._by_code.setdefault(place.code, []).append(place)
            for name in {place.name, place.full_name}:
                self._spelled.setdefault(spelled(name), []).append(place)
                self._folded.setdefault(fold(name), []).append(place)

    def match(self, text: str, *, by_code: bool = False) -> tuple[PlaceView | None, str]:
        """(the place, why there is none). text: a code, or a name with places above it after commas."""
        wanted = " ".join(text.split())
        if by_code:
            found = self._by_code.get(wanted, []) or self._by_code.get(wanted.zfill(5), [])
        else:
            head, *above = [part.strip() for part in wanted.split(",")]
            found = self._spelled.get(spelled(head), [])
            if not found and head.isascii():
                found = self._folded.get(fold(head), [])
            found = [each for each in found if all(_stands_in(part, each) for part in above)]
        if len(found) == 1:
            return found[0], ""
        told = {
            "text": wanted[:80],
            "n": len(found),
            "names": "; ".join(each.full_address for each in found[:3]),
        }
        if not found:
            sentence = _(
                "Không có nơi nào tên hoặc mã “%(text)s” trong địa bàn này. "
                "Hãy sửa ô, hoặc ghi vào danh sách bỏ qua của mẫu."
            )
        else:
            sentence = _(
                "“%(text)s” có thể là %(n)s nơi: %(names)s. "
                "Hãy ghi thêm nơi cấp trên sau dấu phẩy, hoặc dùng mã."
            )
        return None, sentence % told


def _stands_in(part: str, place: PlaceView) -> bool:
    names = [name.strip() for name in place.address.split(",")]
    wanted = spelled(part)
    return any(spelled(name) == wanted or spelled(name).endswith(" " + wanted) for name in names)
