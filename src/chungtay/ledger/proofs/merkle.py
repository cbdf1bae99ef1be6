"""Merkle trees as RFC 6962 §2.1 writes them: roots, inclusion proofs, consistency proofs. Pure.

A leaf is hashed after a byte 0, two nodes after a byte 1, and a tree of n leaves is split at the largest power of two
below n. All hashes are SHA-256, 32 bytes.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

EMPTY: Final = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    return sha256(b"\0" + data).digest()


def _node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes, in their order."""
    return _root(leaves, 0, len(leaves)) if leaves else EMPTY


def inclusion_proof(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The hashes that lead from leaf `index` (from 0) to the root, nearest first. IndexError outside the tree."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    return _path(index, leaves, 0, len(leaves))


def consistency_proof(size: int, leaves: Sequence[bytes]) -> list[bytes]:
    """What shows that the tree of the first `size` leaves is the beginning of this one. 0 < size <= len(leaves)."""
    if not 0 < size <= len(leaves):
        raise IndexError(size)
    return _beginning(size, leaves, 0, len(leaves), whole=True)


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root_hash: bytes) -> bool:
    """Whether the proof leads from leaf `index` to the root of a tree of `size` leaves (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf
    for each in proof:
        if last == 0:
            return False
        if at % 2 or at == last:
            found = _node_hash(each, found)
            while at and not at % 2:
                at, last = at >> 1, last >> 1
        else:
            found = _node_hash(found, each)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root_hash


def is_consistent(
    old_size: int, new_size: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """Whether the tree of `old_size` leaves is the beginning of that of `new_size` (RFC 9162 §2.1.4.2)."""
    if old_size == new_size:
        return not proof and old_root == new_root
    if not 0 < old_size < new_size:
        return False
    hashes = list(proof)
    if not old_size & (old_size - 1):
        hashes.insert(0, old_root)
    if not hashes:
        return False
    at, last = old_size - 1, new_size - 1
    while at % 2:
        at, last = at >> 1, last >> 1
    old = new = hashes[0]
    for each in hashes[1:]:
        if last == 0:
            return False
        if at % 2 or at == last:
            old, new = _node_hash(each, old), _node_hash(each, new)
            while at and not at % 2:
                at, last = at >> 1, last >> 1
        else:
            new = _node_hash(new, each)
        at, last = at >> 1, last >> 1
    return last == 0 and old == old_root and new == new_root


def _split(count: int) -> int:
    """The largest power of two below `count`, which is at least 2."""
    return 1 << (count - 1).bit_length() - 1


def _root(leaves: Sequence[bytes], start: int, end: int) -> bytes:
    if end - start == 1:
        return leaves[start]
    middle = start + _split(end - start)
    return _node_hash(_root(leaves, start, middle), _root(leaves, middle, end))


def _path(index: int, leaves: Sequence[bytes], start: int, end: int) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*_path(index, leaves, start, middle), _root(leaves, middle, end)]
    return [*_path(index, leaves, middle, end), _root(leaves, start, middle)]


def _beginning(size: int, leaves: Sequence[bytes], start: int, end: int, *, whole: bool) -> list[bytes]:
    """whole: the old tree is a complete subtree whose root the asker knows already."""
    if size == end:
        return [] if whole else [_root(leaves, start, end)]
    middle = start + _split(end - start)
    if size <= middle:
        return [*_beginning(size, leaves, start, middle, whole=whole), _root(leaves, middle, end)]
    return [*_beginning(size, leaves, middle, end, whole=False), _root(leaves, start, middle)]
