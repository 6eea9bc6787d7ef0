"""The tree that checkpoints sign is the one of RFC 6962, however it was grown."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from pymerkle import InmemoryTree

from comuna.journal import merkle

bodies = st.lists(st.binary(max_size=20), max_size=70)


@given(bodies)
def test_the_root_is_the_one_of_another_implementation(data: list[bytes]) -> None:
    peer = InmemoryTree(algorithm="sha256")
    for entry in data:
        peer.append_entry(entry)
    peaks = merkle.Peaks()
    peaks.add(merkle.leaf(entry) for entry in data)
    assert peaks.root == (peer.get_root() if data else merkle.EMPTY_ROOT)


@given(bodies, st.integers(0, 70))
def test_a_tree_grown_in_two_parts_is_the_same_tree(data: list[bytes], cut: int) -> None:
    leaves = [merkle.leaf(entry) for entry in data]
    whole, first = merkle.Peaks(), merkle.Peaks()
    whole.add(leaves)
    first.add(leaves[:cut])
    second = merkle.Peaks(first.size, first.packed)
    second.add(leaves[cut:])
    assert (second.root, second.packed) == (whole.root, whole.packed)


def test_peaks_that_do_not_fit_the_size_are_refused() -> None:
    with pytest.raises(ValueError, match="one-bits"):
        merkle.Peaks(3, bytes(32))
