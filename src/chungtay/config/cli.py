"""The command `chungtay`: Django's commands with our settings, and refusals told as sentences."""

import os
import sys

from django.core.management import execute_from_command_line

from chungtay.core.refusals import Refusal

REFUSED = 2


def main(argv: list[str] | None = None) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chungtay.config.settings")
    try:
        execute_from_command_line(["chungtay", *(sys.argv[1:] if argv is None else argv)])
    except Refusal as refusal:
        sys.stderr.write(f"{refusal}\n")
        sys.exit(REFUSED)
    except BrokenPipeError:  # the reader left early: `chungtay assess … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    main()
