"""Who is who, and what each error does to a record."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable

import pytest

from registry.simulation import errors
from tests.registry.simulation.cities import City, Row

IN_NUMBER = {
    "former_number", "relative_number", "number_missing", "number_lost_zeros", "digit_wrong",
    "two_digits_wrong", "digits_swapped", "number_cut_short", "number_scientific",
    "number_separators", "letter_for_digit",
}  # fmt: skip
IN_NAME = {
    "marks_missing", "word_marks_missing", "tone_wrong", "tone_placement", "letter_slip", "regional",
    "middle_missing", "given_first", "words_glued", "name_case", "name_nfd", "name_tcvn3", "name_vni",
    "name_telex", "name_utf8_twice", "name_eth", "name_cyrillic", "name_note", "name_blanks", "name_stop",
}  # fmt: skip
ELSEWHERE = {code for code in errors.known() if code.startswith("declared_")}


def plain(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return bare.replace("Đ", "D").replace("đ", "d").upper()


def differing(a: str, b: str) -> int:
    return sum(x != y for x, y in zip(a, b, strict=True))


def words(text: str) -> list[str]:
    return text.upper().split()


NUMBERS: dict[str, Callable[[str, Row], bool]] = {
    "former_number": lambda n, p: n in p["former_ids"].split(";"),
    "relative_number": lambda n, p: n != p["personal_id"] and len(n) == 12,
    "number_missing": lambda n, p: n == "",
    "number_lost_zeros": lambda n, p: n[0] != "0" and n.zfill(12) == p["personal_id"],
    "digit_wrong": lambda n, p: differing(n, p["personal_id"]) == 1,
    "two_digits_wrong": lambda n, p: differing(n, p["personal_id"]) in {1, 2},
    "digits_swapped": lambda n, p: (
        sorted(n) == sorted(p["personal_id"]) and differing(n, p["personal_id"]) == 2
    ),
    "number_cut_short": lambda n, p: n == p["personal_id"][:-1],
    "number_scientific": lambda n, p: bool(re.fullmatch(r"\d\.\d{5}E\+\d\d", n)),
    "number_separators": lambda n, p: re.sub(r"\D", "", n) == p["personal_id"] != n,
    "letter_for_digit": lambda n, p: bool(re.search("[A-Za-z]", n)) and len(n) == 12,
}
NAMES: dict[str, Callable[[str, str], bool]] = {
    "marks_missing": lambda n, p: plain(n) == n.upper() == plain(p),
    "word_marks_missing": lambda n, p: plain(n) == plain(p) and n.upper() != p.upper(),
    "tone_wrong": lambda n, p: plain(n) == plain(p) and n.upper() != p.upper(),
    "tone_placement": lambda n, p: plain(n) == plain(p) and n.upper() != p.upper(),
    "letter_slip": lambda n, p: plain(n) != plain(p) and abs(len(n) - len(p)) < 2,
    "regional": lambda n, p: n.upper() != p.upper() and len(words(n)) == len(words(p)),
    "middle_missing": lambda n, p: words(n) == words(p)[:1] + words(p)[2:],
    "given_first": lambda n, p: sorted(words(n)) == sorted(words(p)) and words(n)[0] == words(p)[-1],
    "words_glued": lambda n, p: "".join(words(n)) == "".join(words(p)) and len(words(n)) < len(words(p)),
    "name_case": lambda n, p: n.upper() == p.upper() and not (n.isupper() and p.isupper()),
    "name_nfd": lambda n, p: unicodedata.normalize("NFC", n).upper() == p.upper() != n.upper(),
    "name_eth": lambda n, p: "\u00d0" in n or "\u00f0" in n,
    "name_note": lambda n, p: n.upper().startswith(p.upper()) and len(n) > len(p),
    "name_blanks": lambda n, p: n.upper().split() != n.upper().split(" ") or "\u200b" in n,
    "name_stop": lambda n, p: n.upper() == p.upper() + ".",
    "name_cyrillic": lambda n, p: "CYRILLIC" in " ".join(unicodedata.name(c, "") for c in n),
    "name_tcvn3": lambda n, p: plain(n) != plain(p),
    "name_vni": lambda n, p: plain(n) != plain(p),
    "name_telex": lambda n, p: n.isascii(),
    "name_utf8_twice": lambda n, p: n.encode("cp1252", "replace").count(b"?") > 0 or plain(n) != plain(p),
}  # fmt: skip


def alone(city: City, code: str, group: set[str]) -> list[tuple[Row, Row]]:
    """Records with this error and no other of its group, each with its person."""
    return [(v, p) for v, p in city.spoiled(code) if city.injected(v) & group == {code}]


def test_a_record_without_errors_agrees_with_its_person_in_everything(clean_city: City):
    compared = 0
    for vehicle in clean_city.vehicles:
        if person := clean_city.person(vehicle):
            compared += 1
            assert vehicle["owner_id_number"] == person["personal_id"]
            assert vehicle["owner_name"].upper() == person["full_name"].upper()
            assert vehicle["owner_birth_date"] == person["birth_date"]
            assert vehicle["owner_ward_code"] == person["ward_code"]
            assert vehicle["owner_address"] == person["address"]
    assert compared > 2700


def test_with_no_rates_nothing_is_injected(clean_city: City):
    assert {line["injected"] for line in clean_city.truth.values()} == {""}


def test_every_record_has_one_line_of_truth(city: City):
    records = [r["source_id"] for r in (*city.vehicles, *city.licences)]
    assert sorted(records) == sorted(city.truth)
    assert {line["register"] for line in city.truth.values()} == {"vehicle", "licence"}


def test_whoever_is_named_stands_in_the_population(city: City):
    assert {line["personal_id"] for line in city.truth.values()} - {""} <= set(city.persons)


def test_nobody_is_the_party_for_organisations_foreigners_and_absent_persons(city: City):
    for vehicle in city.vehicles:
        nobody = vehicle["owner_kind"] != "citizen" or "person_absent" in city.injected(vehicle)
        assert (city.person(vehicle) is None) == nobody


def test_a_dead_owner_is_marked(city: City):
    for vehicle in city.vehicles:
        if person := city.person(vehicle):
            assert bool(person["died_on"]) == ("owner_died" in city.injected(vehicle))


def test_about_half_of_the_owners_do_not_agree(city: City):
    agreeing = sum(
        1
        for vehicle in city.vehicles
        if (person := city.person(vehicle))
        and vehicle["owner_id_number"] == person["personal_id"]
        and vehicle["owner_name"].upper() == person["full_name"].upper()
    )
    assert 0.42 < agreeing / len(city.vehicles) < 0.56


def test_former_numbers_are_the_commonest_disagreement_of_numbers(city: City):
    counts = Counter(code for v in city.vehicles for code in city.injected(v) & IN_NUMBER)
    assert counts.most_common(1)[0][0] == "former_number"


def test_every_error_of_the_table_happens(spoiled_city: City):
    seen = {code for line in spoiled_city.truth.values() for code in line["injected"].split(";")}
    assert set(errors.known()) - ELSEWHERE - seen == set()


@pytest.mark.parametrize("code", NUMBERS)
def test_a_number_is_spoiled_as_its_code_says(spoiled_city: City, code: str):
    spoiled = alone(spoiled_city, code, IN_NUMBER)
    assert spoiled
    for vehicle, person in spoiled:
        assert NUMBERS[code](vehicle["owner_id_number"], person), vehicle["source_id"]


@pytest.mark.parametrize("code", NAMES)
def test_a_name_is_spoiled_as_its_code_says(spoiled_city: City, code: str):
    spoiled = alone(spoiled_city, code, IN_NAME)
    assert spoiled
    for vehicle, person in spoiled:
        assert NAMES[code](vehicle["owner_name"], person["full_name"]), vehicle["source_id"]


@pytest.mark.parametrize(
    ("code", "form"),
    [
        ("birth_year_only", r"\d{4}"),
        ("birth_first_january", r"\d{4}-01-01"),
        ("birth_missing", r""),
        ("birth_day_month_swapped", r"\d{4}-\d\d-(0\d|1[012])"),
    ],
)
def test_a_birth_date_is_spoiled_as_its_code_says(spoiled_city: City, code: str, form: str):
    for vehicle, person in spoiled_city.spoiled(code):
        assert re.fullmatch(form, vehicle["owner_birth_date"])
        assert vehicle["owner_birth_date"] != person["birth_date"]


def test_a_relatives_number_is_a_relatives(spoiled_city: City):
    known = [
        (person, relative)
        for vehicle, person in alone(spoiled_city, "relative_number", IN_NUMBER)
        if (relative := spoiled_city.persons.get(vehicle["owner_id_number"]))
    ]
    assert known
    at_one_address = sum(person["address"] == relative["address"] for person, relative in known)
    assert at_one_address / len(known) > 0.5


def test_old_addresses_name_the_district_and_end_with_the_reform(spoiled_city: City):
    old = spoiled_city.spoiled("address_old")
    assert old
    for vehicle, _ in old:
        assert re.search(r"(Quận|Huyện|Thị xã|Q\.|H\.) ?", vehicle["owner_address"])


def test_a_frame_under_two_plates_stands_in_both_records(spoiled_city: City):
    frames = Counter(v["chassis_no"] for v in spoiled_city.vehicles)
    for vehicle, _ in spoiled_city.spoiled("chassis_duplicate"):
        if not spoiled_city.injected(vehicle) & {"chassis_missing", "chassis_misread", "chassis_cut_short"}:
            assert vehicle["chassis_no"]
    assert frames.most_common(2)[1][1] > 1


def test_papers_shared_by_two_records_carry_the_same_slips(city: City):
    by_owner: dict[str, list[Row]] = {}
    for vehicle, _ in city.spoiled("letter_slip"):
        by_owner.setdefault(city.truth[vehicle["source_id"]]["personal_id"], []).append(vehicle)
    repeated = [group for group in by_owner.values() if len(group) > 1]
    assert any(len({v["owner_name"].upper() for v in group}) == 1 for group in repeated)
