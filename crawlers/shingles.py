"""Word shingles of a text, their MinHash sketch, and how much of a text is contained in another."""

import zlib
from collections.abc import Sequence
from struct import pack as pack_struct
from struct import unpack

from rensa import RMinHash

from crawlers import text

WORDS = 4
"""Words of a shingle: fewer are formulas of the trade, more break at every edited word."""
KEYS = 48
"""Values of a sketch. Two texts share each with a chance of their Jaccard similarity."""
VERSION = f"1.{RMinHash.ALGORITHM_VERSION}"
"""Sketches of different versions are not compared."""

_ENOUGH_WORDS = 20
_SEED = 1
_MIX, _64_BITS = 0x9E3779B97F4A7C15, 0xFFFFFFFFFFFFFFFF


def of(title: str, body: str) -> frozenset[int]:
    """The shingles of an article: of its body, or of its headline too where the body is hardly one."""
    listed = text.words(text.fold(body))
    if len(listed) < _ENOUGH_WORDS:
        listed = text.words(text.fold(f"{title}\n{body}"))
    # crc32 because Python's own hash differs from process to process
    hashed = [zlib.crc32(word.encode()) for word in listed] + [0] * (WORDS - len(listed))
    runs = zip(hashed, hashed[1:], hashed[2:], hashed[3:], strict=False)
    return frozenset((((a * _MIX + b) * _MIX + c) * _MIX + d) & _64_BITS for a, b, c, d in runs)


def sketches(shingled: Sequence[frozenset[int]]) -> list[list[int]]:
    """The keys of each set: KEYS whole numbers below 2**38, its minima under as many hash functions."""
    rows = RMinHash.digest_matrix_from_token_hash_sets([sorted(one) for one in shingled], KEYS, _SEED).to_rows()
    return [[(place << 32) | value for place, value in enumerate(row)] for row in rows]


def pack(keys: Sequence[int]) -> bytes:
    return pack_struct(f"<{len(keys)}I", *(key & 0xFFFFFFFF for key in keys))


def unpacked(sketch: bytes) -> list[int]:
    """The keys that `pack` packed."""
    return [(place << 32) | value for place, value in enumerate(unpack(f"<{len(sketch) // 4}I", sketch))]


def containment(one: frozenset[int], other: frozenset[int]) -> float:
    """The share, 0 to 1, of the shorter text that is in the other."""
    return len(one & other) / (min(len(one), len(other)) or 1)
