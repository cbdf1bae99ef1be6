"""P8: the public page of a place: kept ≥ 1/2 of an empty view's rate, “not changed” ≥ 1/3; made anew ≤ 8 queries.

The site as it is served (granian, one process, one thread), asked by one client over one connection, a request at a
time: in turn an empty view of a Django without any middleware, the page of a commune kept, and the same with the mark
the client has. Rates by the clock; CPU is the server's own. Made anew: the queries of the hamlet's page and of its
province's, in this process, whatever their size.

    PYTHONPATH=src python bench/p8_public_page.py [--size small|medium|full] [--on sqlite|postgresql] [--keep FOLDER]
"""

import os
import socket
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from _common import Line, Size, Took, collected, main, median_of, nation, report, rounds, timed

KEPT, NOT_CHANGED, COLD = 1 / 2, 1 / 3, 8
REQUESTS = {"tiny": 20, "small": 1_500, "medium": 3_000, "full": 3_000}  # a round
EMPTY = "/trong/"


def run(asked: Namespace, size: Size, database: str) -> None:
    nation(size)
    collected(size)
    hamlet, province = _places(size)
    anew = {place: _made_anew(place) for place in (hamlet, province)}
    page = f"/noi/{hamlet}/"
    many = REQUESTS[size.name]
    with _served("p8_empty:application") as empty, _site(size) as site:
        first = empty.ask(EMPTY), site.ask(page)
        assert first[0][0] == 204 and first[1][0] == 200, first
        mark = first[1][1]["etag"]
        deeds: list[tuple[Server, Callable[[], None]]] = [
            (empty, lambda: empty.repeat(many, EMPTY, 204)),
            (site, lambda: site.repeat(many, page, 200)),
            (site, lambda: site.repeat(many, page, 304, mark)),
        ]
        took: list[list[Took]] = [[] for _ in deeds]
        for _server, deed in deeds:
            deed()  # a warm-up
        for _ in rounds(size):
            for at, (server, deed) in enumerate(deeds):
                wall, spent = time.perf_counter(), server.cpu()
                deed()
                took[at].append(Took((time.perf_counter() - wall) / many, (server.cpu() - spent) / many))
        size_of_page = len(site.ask(page)[2])
    empty_view, *ours = (median_of(each) for each in took)
    words = f"{many:,} requests a round"
    for name, one, bound in zip(("P8 kept", "P8 not changed"), ours, (KEPT, NOT_CHANGED), strict=True):
        rate = empty_view.wall / one.wall
        note = f"{1 / one.wall:,.0f} requests a second; by CPU {_share(empty_view.cpu, one.cpu)}"
        if name == "P8 kept":
            note += f"; {size_of_page:,} bytes, compressed"
        report(
            Line(
                name, database, words, one, empty_view, f"{rate:.2f}×", f"≥ {bound:.2f}×", rate >= bound, note
            ),
            size,
        )
    most = max(asked for _took, asked, _again in anew.values())
    told = (
        f"queries: hamlet {anew[hamlet][1]}, province {anew[province][1]}; time: hamlet; "
        f"asked again after a deed elsewhere: {anew[hamlet][2]}; kept for reference"
    )
    line = Line("P8 made anew", database, f"{size.hamlets:,} hamlets", anew[hamlet][0], ours[0], f"{most} queries",
                f"≤ {COLD}", most <= COLD, told)  # fmt: skip
    report(line, size)


def _share(one: float, other: float) -> str:
    return f"{one / other:.2f}×" if other else "–"


def _places(size: Size) -> tuple[int, int]:
    from chungtay.figures.models import Observation
    from chungtay.territory import queries as territory

    day = date(size.years[-1], 12, 31)
    of = Observation.objects.filter(period_end=day, place__level="hamlet").order_by("place_id")
    hamlet = of.values_list("place_id", flat=True)[0]
    return hamlet, next(each.id for each in territory.ancestors(hamlet, day) if each.level == "province")


def _made_anew(place: int) -> tuple[Took, int, Took]:
    """How long a page takes that is made for the second time, as by a process asked before; its queries: those that
    Django counts, and the stamp, which is asked of the driver itself; how long it takes after a deed elsewhere."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from chungtay.core.models import AuditEvent
    from chungtay.portal import caching

    client = Client(headers={"host": "localhost"})
    for _ in range(2):
        caching.forget()
        with CaptureQueriesContext(connection) as asked:
            took, page = timed(lambda: client.get(f"/noi/{place}/"))
        assert page.status_code == 200, page.status_code
        many = len(asked) + 1
    again = []
    for _ in range(5):
        AuditEvent.objects.create(at=timezone.now(), actor_label="P8", deed="bench.p8", subject="P8")
        again.append(timed(lambda: client.get(f"/noi/{place}/"))[0])
    return took, many, median_of(again)


class Server:
    """A server process and one connection to it."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int) -> None:
        self._process, self._port = process, port
        self._connection: socket.socket | None = None

    def ask(self, path: str, mark: str = "") -> tuple[int, dict[str, str], bytes]:
        """Status, head (names small) and body as it went over the line."""
        return self._read(self._send(path, mark))

    def repeat(self, times: int, path: str, status: int, mark: str = "") -> None:
        for _ in range(times):
            assert self.ask(path, mark)[0] == status

    def cpu(self) -> float:
        """Seconds of processors so far, of the server with its workers."""
        return sum(_cpu_of(each) for each in (self._process.pid, *_children(self._process.pid)))

    def _send(self, path: str, mark: str) -> socket.socket:
        if self._connection is None:
            self._connection = socket.create_connection(("127.0.0.1", self._port))
            self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n"
        if mark:
            head += f"If-None-Match: {mark}\r\n"
        self._connection.sendall(f"{head}\r\n".encode())
        return self._connection

    def _read(self, line: socket.socket) -> tuple[int, dict[str, str], bytes]:
        found = b""
        while b"\r\n\r\n" not in found:
            if not (more := line.recv(65_536)):
                raise ConnectionError("the server closed the line")
            found += more
        head, _, body = found.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        heads = {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in lines)}
        wanted = 0 if first[9:12] in ("304", "204") else int(heads.get("content-length", 0))
        while len(body) < wanted:
            body += line.recv(65_536)
        return int(first[9:12]), heads, body


class Inside(Server):
    """The site in this process, without a line: enough to see that the script still runs."""

    def __init__(self) -> None:
        from django.test import Client

        self._client = Client(headers={"host": "localhost", "accept-encoding": "gzip"})

    def ask(self, path: str, mark: str = "") -> tuple[int, dict[str, str], bytes]:
        answer = self._client.get(path, headers={"if-none-match": mark} if mark else {})
        return answer.status_code, {name.lower(): value for name, value in answer.items()}, answer.content

    def cpu(self) -> float:
        return time.process_time()


@contextmanager
def _site(size: Size) -> Iterator[Server]:
    if size.name == "tiny":
        yield Inside()
    else:
        with _served("chungtay.config.wsgi:application") as server:
            yield server


@contextmanager
def _served(application: str) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "1",
               "--host", "127.0.0.1", "--port", str(port), "--log-level", "error", application]  # fmt: skip
    process = subprocess.Popen(command)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait(10)


def _children(pid: int) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _cpu_of(pid: int) -> float:
    stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main(__file__, run))
