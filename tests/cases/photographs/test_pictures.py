"""What is taken for a photograph, and what is left of it."""

import io
import zipfile
import zlib

import pytest
from PIL import Image

from cases.photographs import pictures
from cases.photographs.errors import PhotographRefused
from cases.photographs.pictures import LONGEST_SIDE, MOST_BYTES, redraw
from tests.cases.photographs.pictures import located, picture

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("run.js", "alert(1)")
    return file.getvalue()


def bomb() -> bytes:
    """A PNG of some kilobytes that says it has 10,000 million points."""
    content = bytearray(picture("PNG"))
    content[16:24] = (100_000).to_bytes(4, "big") * 2
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
    return bytes(content)


def refusal_of(content: bytes) -> str:
    with pytest.raises(PhotographRefused) as refused:
        redraw(content)
    assert len(str(refused.value)) > 20
    return refused.value.code


@pytest.mark.parametrize(("file_format", "kind"), [("JPEG", "jpeg"), ("PNG", "png"), ("WEBP", "webp")])
def test_a_picture_keeps_its_kind_and_measures(file_format, kind):
    kept = redraw(picture(file_format))
    assert (kept.kind, kept.width, kept.height) == (kind, 64, 48)
    assert Image.open(io.BytesIO(kept.content)).format == file_format


def test_where_it_was_taken_and_what_was_noted_are_left_behind():
    sent = located()
    assert Image.open(io.BytesIO(sent)).getexif()
    kept = redraw(sent).content
    image = Image.open(io.BytesIO(kept))
    assert not image.getexif()
    assert "comment" not in image.info
    assert "Máy".encode() not in kept
    assert "gặp".encode() not in kept


def test_a_picture_that_was_taken_sideways_is_kept_upright():
    kept = redraw(located(turned=True))
    assert (kept.width, kept.height) == (48, 64)


def test_a_large_picture_is_made_smaller():
    kept = redraw(picture(size=(4800, 3600)))
    assert (kept.width, kept.height) == (LONGEST_SIDE, 2400)


def test_what_has_transparent_points_can_be_kept():
    file = io.BytesIO()
    Image.new("RGBA", (20, 20), (1, 2, 3, 0)).save(file, "PNG")
    assert redraw(file.getvalue()).width == 20


@pytest.mark.parametrize(
    "content",
    [
        b"",
        SVG,
        b"<!DOCTYPE html><html><script>alert(1)</script></html>",
        b"#!/bin/sh\nrm -rf /\n",
        b"GIF89a/*" + b"\0" * 60 + b"*/=alert(1)",
        b"%PDF-1.7\n",
        b"\xff\xd8\xff\xe0<?php system('id'); ?>",
        archive(),
    ],
)
def test_what_is_no_photograph_is_refused_whatever_its_name_says(content):
    assert refusal_of(content) == "no_photograph"


@pytest.mark.parametrize(
    "hidden", [b"<script>alert(1)</script>", b"<?php system('id');", SVG, b"%PDF-1.7", archive()]
)
@pytest.mark.parametrize("file_format", ["JPEG", "PNG"])
def test_a_picture_with_something_else_behind_its_end_is_refused(file_format, hidden):
    assert refusal_of(picture(file_format) + hidden) == "not_only_a_picture"


def test_a_script_in_the_comment_of_a_picture_is_refused():
    assert refusal_of(picture(comment=b"<script>alert(1)</script>")) == "not_only_a_picture"


def test_a_damaged_picture_is_refused():
    whole = picture(size=(600, 400))
    assert refusal_of(whole[: len(whole) // 2]) == "damaged"


def test_a_file_that_would_unpack_to_gigabytes_is_refused_before_it_is_unpacked():
    assert refusal_of(bomb()) == "too_many_points"


def test_a_picture_with_too_many_points_is_refused(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_POINTS", 64 * 48 - 1)
    assert refusal_of(picture()) == "too_many_points"


def test_a_file_of_more_than_eight_megabytes_is_refused():
    assert refusal_of(picture() + b"\0" * MOST_BYTES) == "too_large"
