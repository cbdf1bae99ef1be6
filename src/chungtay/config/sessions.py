"""A thread of the server that ends takes its session of PostgreSQL along.

Each thread keeps a session of its own (`CONN_MAX_AGE`), and the server ends threads that have nothing to do. What
Django held for such a thread waits for the garbage collector; its session would stay open until then.
"""

import threading
from typing import Any

from django.db.backends.signals import connection_created
from django.dispatch import receiver

_of_thread = threading.local()


class _Closing:
    def __init__(self, session: Any) -> None:
        self.session = session

    def __del__(self) -> None:
        self.session.close()


@receiver(connection_created)
def close_with_its_thread(connection: Any, **_more: Any) -> None:
    """What a thread alone holds goes when the thread goes; a thread may have sessions of several databases."""
    if connection.vendor == "postgresql":
        held = [each for each in getattr(_of_thread, "closing", ()) if not each.session.closed]
        _of_thread.closing = [*held, _Closing(connection.connection)]
