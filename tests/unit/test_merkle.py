"""Merkle trees give the hashes published for RFC 6962, and no proof passes for what it does not prove."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chungtay.ledger.proofs import merkle

# The tree that the implementations of Certificate Transparency are tried on.
DATA = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
LEAVES = [merkle.leaf_hash(bytes.fromhex(data)) for data in DATA]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
A, B, C, D, E, F = (
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
)
INCLUDED = [
    (0, 1, []),
    (0, 8, [A, B, C]),
    (5, 8, [D, E, ROOTS[4]]),
    (2, 3, [ROOTS[2]]),
    (1, 5, [ROOTS[1], B, D]),
]
CONSISTENT = [(1, 1, []), (1, 8, [A, B, C]), (6, 8, [F, E, ROOTS[4]]), (2, 5, [B, D])]


def bytes_of(hashes: list[str]) -> list[bytes]:
    return [bytes.fromhex(each) for each in hashes]


@pytest.mark.parametrize("size", range(9))
def test_roots_are_the_published_ones(size: int) -> None:
    assert merkle.root(LEAVES[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size", "path"), INCLUDED)
def test_inclusion_proofs_are_the_published_ones(index: int, size: int, path: list[str]) -> None:
    assert merkle.inclusion_proof(index, LEAVES[:size]) == bytes_of(path)
    assert merkle.is_included(LEAVES[index], index, size, bytes_of(path), bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("old", "new", "proof"), CONSISTENT)
def test_consistency_proofs_are_the_published_ones(old: int, new: int, proof: list[str]) -> None:
    assert merkle.consistency_proof(old, LEAVES[:new]) == bytes_of(proof)
    roots = bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new])
    assert merkle.is_consistent(old, new, bytes_of(proof), *roots)


@given(some.integers(1, 70), some.data())
def test_a_proof_of_any_tree_holds_and_fails_for_anything_else(size: int, data: some.DataObject) -> None:
    leaves = [sha256(str(n).encode()).digest() for n in range(size)]
    index, old = data.draw(some.integers(0, size - 1)), data.draw(some.integers(1, size))
    root, old_root = merkle.root(leaves), merkle.root(leaves[:old])
    path, proof = merkle.inclusion_proof(index, leaves), merkle.consistency_proof(old, leaves)
    assert merkle.is_included(leaves[index], index, size, path, root)
    assert not merkle.is_included(sha256(b"another").digest(), index, size, path, root)
    assert not merkle.is_included(leaves[index], index, size, [*path, root], root)
    assert size == 1 or not merkle.is_included(leaves[index], (index + 1) % size, size, path, root)
    assert merkle.is_consistent(old, size, proof, old_root, root)
    assert not merkle.is_consistent(old, size, proof, sha256(b"another").digest(), root)
