import csv
import io
import subprocess
import unicodedata

import pytest
from hypothesis import given

from registry.identity import charsets
from registry.identity.encodings import detect_encoding, repair, text_reader
from tests.registry.identity.strategies import good_names
from tests.registry.identity.writers import WRITERS

SMALL_TEXT = "".join(f"{number},Nguyễn Thị Hồng Phương,Số {number} phố Đội Cấn\r\n" for number in range(40))


@pytest.mark.parametrize(("ours", "iconv"), [("tcvn3", "TCVN"), ("viscii", "VISCII")])
def test_tables_agree_with_iconv(ours, iconv):
    data = bytes(range(0x20, 0x100))
    if ours == "tcvn3":
        data = bytes(code for code in data if code not in range(0xB0, 0xB5))
    answer = subprocess.run(
        ["iconv", "-f", iconv, "-t", "UTF-8"], input=data, capture_output=True, check=False
    )
    if answer.returncode:
        pytest.skip("this machine's iconv does not know the encoding")
    assert charsets.decode_bytes(data, ours) == unicodedata.normalize("NFC", answer.stdout.decode())


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_is_recognised_and_read_in_its_encoding(name):
    data = WRITERS[name](SMALL_TEXT)
    guess = detect_encoding(data[:1500])
    assert guess.name == name
    assert text_reader(io.BytesIO(data), guess.name).read() == SMALL_TEXT


def test_a_byte_order_mark_is_seen_and_not_read_as_text():
    data = b"\xef\xbb\xbf" + SMALL_TEXT.encode()
    guess = detect_encoding(data)
    assert (guess.name, guess.bom) == ("utf-8-sig", True)
    for name in ("utf-8", "utf-8-sig"):
        assert text_reader(io.BytesIO(data), name).read() == SMALL_TEXT


def test_utf16_without_a_mark_is_seen_by_its_zeros():
    assert detect_encoding(SMALL_TEXT.encode("utf-16-le")).name == "utf-16-le"
    assert detect_encoding(SMALL_TEXT.encode("utf-16-be")).name == "utf-16-be"


def test_a_sample_cut_inside_a_letter_is_still_utf8():
    data = SMALL_TEXT.encode()
    for length in range(200, 260):
        assert detect_encoding(data[:length]).name == "utf-8"


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("bytes_at_once", [1, 7, 8191])
def test_reading_in_pieces_loses_nothing_between_them(name, bytes_at_once):
    class Trickle(io.BytesIO):
        def read1(self, size=-1):
            return super().read1(min(size, bytes_at_once) if size and size > 0 else bytes_at_once)

    data = WRITERS[name](SMALL_TEXT)
    assert "".join(text_reader(Trickle(data), name)) == SMALL_TEXT


def test_bytes_that_nothing_explains_stay_visible_and_never_raise():
    rows = list(csv.reader(text_reader(io.BytesIO(b"1,a\xffb\n2,\xfe\xfe\n\xc3"), "utf-8")))
    assert rows == [["1", "a\ufffdb"], ["2", "\ufffd\ufffd"], ["\ufffd"]]


def test_an_old_cell_inside_a_utf8_file_can_be_mended():
    data = "1,Trần Văn Bé\n2,".encode() + WRITERS["tcvn3"]("Nguyễn Văn Hoà") + "\n3,Lê Đức\n4,Hà\n".encode()
    assert detect_encoding(data).name == "utf-8"
    cells = [row[1] for row in csv.reader(text_reader(io.BytesIO(data), "utf-8"))]
    assert [repair(cell) for cell in cells] == ["Trần Văn Bé", "Nguyễn Văn Hoà", "Lê Đức", "Hà"]


@given(good_names)
def test_every_encoding_gives_the_name_back(name):
    for charset in ("tcvn3", "vni", "viscii", "cp1258"):
        assert charsets.decode_bytes(WRITERS[charset](name), charset) == name
