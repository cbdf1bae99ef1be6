"""How often one address may ask: a bucket of questions that fills again evenly. Counted in the process, in no row."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Final

MOST_ADDRESSES: Final = 20_000  # remembered; who has not asked for longest is forgotten first


class Limit:
    """`rate` questions a minute for each address, and as many at once. clock: seconds that only go on."""

    def __init__(self, rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate = rate
        self._clock, self._lock = clock, Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # how much is left, as of when

    def wait(self, address: str) -> int:
        """0 when the question may be asked, and it is counted; else after how many seconds it may be."""
        now = self._clock()
        with self._lock:
            left, at = self._buckets.pop(address, (float(self.rate), now))
            left = min(self.rate, left + (now - at) * self.rate / 60)
            allowed = left >= 1
            self._buckets[address] = (left - 1 if allowed else left), now
            while len(self._buckets) > MOST_ADDRESSES:
                self._buckets.popitem(last=False)
        return 0 if allowed else max(1, math.ceil((1 - left) * 60 / self.rate))

    def forget(self) -> None:
        with self._lock:
            self._buckets.clear()
