"""Files in old encodings: which one it is, and reading it as a stream. `repair` mends one cell.

Nothing here raises on bytes: what no encoding explains stays visible as U+FFFD.
"""

import codecs
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, BinaryIO, Final, Literal

from . import charsets
from .plausibility import share_right
from .repairing import LEGACY, repair

EncodingName = Literal[
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "tcvn3", "vni", "viscii", "cp1258"
]
__all__ = ["ENCODINGS", "EncodingGuess", "EncodingName", "detect_encoding", "repair", "text_reader"]

ENCODINGS: Final = ("utf-8", "utf-16", "tcvn3", "vni", "viscii", "cp1258")


@dataclass(frozen=True, slots=True)
class EncodingGuess:
    """The encoding a file head seems to have; confidence 0..1."""

    name: EncodingName
    bom: bool
    confidence: float


_BOMS: Final[tuple[tuple[bytes, EncodingName], ...]] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def detect_encoding(sample: bytes) -> EncodingGuess:
    """The encoding of a file by its head (some kilobytes are enough)."""
    for bom, name in _BOMS:
        if sample.startswith(bom):
            return EncodingGuess(name, True, 1.0)
    if (by_zeros := _by_zeros(sample)) is not None:
        return by_zeros
    if sample.isascii():
        return EncodingGuess("utf-8", False, 1.0)
    # A UTF-8 file may hold cells of another encoding: the better explanation wins.
    utf8, spelled = _by_utf8(sample), _by_spelling(sample)
    return utf8 if utf8.confidence >= min(spelled.confidence, 0.9) else spelled


def _by_zeros(sample: bytes) -> EncodingGuess | None:
    """UTF-16 without a mark: ASCII separators show as a NUL on every other byte."""
    half = len(sample) // 2
    if half < 2:
        return None
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.2 and odd > 4 * even:
        return EncodingGuess("utf-16-le", False, min(1.0, 0.5 + odd))
    if even > 0.2 and even > 4 * odd:
        return EncodingGuess("utf-16-be", False, min(1.0, 0.5 + even))
    return None


def _by_utf8(sample: bytes) -> EncodingGuess:
    pieces = [piece for piece in _PIECE.split(sample) if not piece.isascii()]
    # The sample may end inside a letter.
    broken = sum(not _is_utf8(piece) for piece in pieces[:-1]) + (not _is_utf8(pieces[-1], cut=True))
    return EncodingGuess("utf-8", False, round(1 - broken / len(pieces), 3))


def _by_spelling(sample: bytes) -> EncodingGuess:
    """The encoding in which most of the words are Vietnamese syllables."""
    shares = [(share_right(charsets.decode_bytes(sample, name)), name) for name in LEGACY]
    best, name = max(shares, key=lambda pair: pair[0])
    return EncodingGuess(name, False, round(best, 3))


# --- reading a stream ------------------------------------------------------------------------------

_PIECE: Final = re.compile(rb"[,;\t\"\r\n]")
_LONGEST_LINE: Final = 1 << 20


def _is_utf8(piece: bytes, cut: bool = False) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(piece, not cut)
    except UnicodeDecodeError:
        return False
    return True


class _Utf8Cells(codecs.IncrementalDecoder):
    """UTF-8 line by line; a cell in an old encoding comes through as windows-1252 for `repair`."""

    _kept: bytes
    _at_start: bool

    def __init__(self, errors: str = "strict") -> None:
        super().__init__(errors)
        self.reset()

    def decode(self, data: bytes, final: bool = False) -> str:  # type: ignore[override]
        data = self._kept + data
        if self._at_start and (final or len(data) >= len(codecs.BOM_UTF8)):
            data, self._at_start = data.removeprefix(codecs.BOM_UTF8), False
        at = len(data) if final or len(data) > _LONGEST_LINE else data.rfind(b"\n") + 1
        if not final and at == len(data):
            at -= _open_letter(data)
        self._kept = data[at:]
        return _decode_cells(data[:at])

    def reset(self) -> None:
        self._kept = b""
        self._at_start = True


def _open_letter(data: bytes) -> int:
    """How many bytes at the end begin a letter that is not complete."""
    for back in range(1, min(3, len(data)) + 1):
        byte = data[-back]
        if byte >= 0xC0:
            return back if back < (2 if byte < 0xE0 else 3 if byte < 0xF0 else 4) else 0
        if byte < 0x80:
            return 0
    return 0


def _decode_cells(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return "".join(map(_decode_piece, re.split(rb"([,;\t\"\r\n])", data)))


def _decode_piece(piece: bytes) -> str:
    try:
        return piece.decode()
    except UnicodeDecodeError:
        as_1252 = codecs.charmap_decode(piece, "replace", charsets.CP1252)[0]
        return as_1252 if repair(as_1252) != as_1252 else piece.decode(errors="replace")


_DECODERS: Final[dict[str, type[codecs.IncrementalDecoder]]] = {"utf8": _Utf8Cells, **charsets.CHARSETS}
_PREFIX: Final = "vehreg_"


def _find_codec(name: str) -> codecs.CodecInfo | None:
    decoder = _DECODERS.get(name.removeprefix(_PREFIX)) if name.startswith(_PREFIX) else None
    if decoder is None:
        return None
    whole = _whole(decoder)
    return codecs.CodecInfo(
        _refuse, whole, incrementalencoder=_NoEncoder, incrementaldecoder=decoder, name=name
    )


def _refuse(text: str, errors: str = "strict") -> tuple[bytes, int]:
    raise UnicodeError("old encodings are read, never written")


class _NoEncoder(codecs.IncrementalEncoder):
    """io.TextIOWrapper asks for an encoder even where nothing is written."""

    def encode(self, text: str, final: bool = False) -> bytes:
        return _refuse(text)[0]


def _whole(decoder: type[codecs.IncrementalDecoder]) -> Callable[..., tuple[str, int]]:
    return lambda data, errors="strict": (decoder().decode(bytes(data), True), len(data))


codecs.register(_find_codec)


def text_reader(binary_stream: IO[bytes] | BinaryIO, encoding: str) -> io.TextIOWrapper:
    """A text stream over the bytes for csv.reader: newlines as they are, memory flat, no BOM.

    `encoding` is one of ENCODINGS (or the other names detect_encoding gives).
    """
    name = encoding.lower()
    if name in ("utf-8", "utf-8-sig"):
        name = "utf8"
    known = name in _DECODERS
    return io.TextIOWrapper(
        binary_stream, encoding=_PREFIX + name if known else name, errors="replace", newline=""
    )
