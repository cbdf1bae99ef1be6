"""Draw a published sample again, on any computer with Python: `python3 repeat.py POPULATION SEED SIZE`.

POPULATION is the file published before the seed was known: a line a claim, “claim TAB place TAB office”, sorted.
Printed: the SHA-256 of the file, then the claims drawn, in order. Each claim bears the SHA-256 of seed, digest and
claim. In rounds, each office of each place gives the claim with its smallest next; within a round, the smallest first.
"""

import hashlib
import sys
from pathlib import Path


def digest_of(population: bytes) -> str:
    return hashlib.sha256(population).hexdigest()


def draw(population: bytes, seed: str, size: int) -> list[str]:
    """The claims drawn, in order."""
    digest = digest_of(population)
    strata: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for line in population.decode().splitlines():
        claim, place, office = line.split("\t")
        bears = hashlib.sha256(f"{seed}\n{digest}\n{claim}".encode()).hexdigest()
        strata.setdefault((place, office), []).append((bears, claim))
    turns = [(turn, *each) for claims in strata.values() for turn, each in enumerate(sorted(claims))]
    return [claim for _turn, _bears, claim in sorted(turns)[:size]]


if __name__ == "__main__":
    published = Path(sys.argv[1]).read_bytes()
    told = ["sha256 " + digest_of(published), *draw(published, sys.argv[2], int(sys.argv[3]))]
    sys.stdout.write("\n".join(told) + "\n")
