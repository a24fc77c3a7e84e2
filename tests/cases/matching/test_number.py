"""The passes over numbers: the twelve digits and the former nine."""

from datetime import date

import pytest

from tests.cases.matching.builders import ask, party, person

HUNG = person("001085000001", "Nguyễn Văn Hùng", "1985-02-03", former=["012345678"])
LAN = person("001187000002", "Trần Thị Lan", "1987-06-09")


def test_number_and_name_agreeing_is_verified_and_needs_no_candidates():
    answer = ask(party("Nguyễn Văn Hùng", "001085000001"), HUNG, LAN)
    assert (answer.verdict, answer.personal_id) == ("verified", "001085000001")
    assert answer.comparison == {"name": "same", "number": "same", "birth": "missing", "ward": "missing"}
    assert answer.candidates == []


def test_a_name_all_in_capitals_is_the_same_name():
    assert ask(party("NGUYỄN VĂN HÙNG", "001085000001"), HUNG).verdict == "verified"


def test_a_wrong_birth_date_does_not_undo_number_and_name():
    assert ask(party("Nguyễn Văn Hùng", "001085000001", "1958-11-30"), HUNG).verdict == "verified"


@pytest.mark.parametrize("name", ["Nguyen Van Hung", "NGUYEN VAN HUNG", "Nguyễn Văn Hưng"])
def test_tone_marks_missing_or_wrong_with_the_same_number_is_a_name_variant(name):
    answer = ask(party(name, "001085000001"), HUNG)
    assert (answer.verdict, answer.personal_id) == ("name_variant", "001085000001")
    assert answer.candidates == ["001085000001"]


def test_tone_placement_with_the_same_number_is_a_name_variant():
    hoa = person("001185000003", "Lê Thị Hoà")
    assert ask(party("Lê Thị Hòa", "001185000003"), hoa).verdict == "name_variant"


def test_one_syllable_misspelt_is_a_variant_unless_the_birth_dates_contradict():
    huong = person("001185000003", "Lê Thị Hương", "1985-02-03")
    misspelt = "Lê Thị Hươngg"
    assert ask(party(misspelt, "001185000003"), huong).verdict == "name_variant"
    assert ask(party(misspelt, "001185000003", "1985"), huong).verdict == "name_variant"
    doubted = ask(party(misspelt, "001185000003", "1961-07-20"), huong)
    assert (doubted.verdict, doubted.personal_id) == ("probable", "001185000003")


def test_a_middle_name_left_out_with_the_same_number_is_probable_for_a_person_to_judge():
    answer = ask(party("Nguyễn Hùng", "001085000001"), HUNG)
    assert (answer.verdict, answer.personal_id) == ("probable", "001085000001")


def test_the_given_name_written_first_with_the_same_number_is_probable():
    assert ask(party("Hùng Nguyễn Văn", "001085000001"), HUNG).verdict == "probable"


def test_dung_is_not_hung():
    answer = ask(party("Nguyễn Văn Dũng", "001085000001"), HUNG)
    assert answer.verdict == "id_conflict"
    assert answer.personal_id is None


def test_a_number_of_somebody_else_proposes_nobody_but_shows_the_holder():
    answer = ask(party("Lê Văn Tám", "001085000001"), HUNG, LAN)
    assert (answer.verdict, answer.personal_id) == ("id_conflict", None)
    assert answer.candidates == ["001085000001"]


def test_a_number_of_somebody_else_proposes_the_person_with_name_and_birth_date_first():
    answer = ask(party("Trần Thị Lan", "001085000001", "1987-06-09"), HUNG, LAN)
    assert (answer.verdict, answer.personal_id) == ("id_conflict", "001187000002")
    assert answer.candidates == ["001187000002", "001085000001"]


def test_the_holder_of_the_number_is_shown_even_behind_many_better_candidates():
    namesakes = [person(f"0011870001{n:02}", "Trần Thị Lan", "1987-06-09") for n in range(9)]
    answer = ask(party("Trần Thị Lan", "001085000001", "1987-06-09"), HUNG, *namesakes)
    assert answer.verdict == "id_conflict"
    assert len(answer.candidates) == 5
    assert answer.candidates[-1] == "001085000001"


def test_a_slip_that_makes_another_syllable_is_probable_with_the_number_unless_it_is_the_given_name():
    answer = ask(party("Nguyễn Văng Hùng", "001085000001"), HUNG)
    assert (answer.verdict, answer.personal_id) == ("probable", "001085000001")
    assert answer.comparison["name"] == "different"
    assert ask(party("Nguyễn Văn Hụp", "001085000001"), HUNG).personal_id is None


def test_another_name_with_the_number_and_birth_date_names_the_holder_for_a_person_to_judge():
    answer = ask(
        party("Trịnh Công Bắc", "001085000001", "1985-02-13"), person("001085000001", "Vũ An", "1985-02-13")
    )
    assert (answer.verdict, answer.personal_id) == ("id_conflict", "001085000001")


def test_the_holder_of_the_number_found_by_name_and_birth_date_is_no_conflict():
    answer = ask(
        party("Nguyễn Văng Hùng", "001085000001", "1985-02-13"),
        person("001085000001", "Nguyễn Văn Hùng", "1985-02-13"),
    )
    assert (answer.verdict, answer.personal_id) == ("probable", "001085000001")


def test_a_refused_holder_is_not_shown_but_the_number_stays_in_conflict():
    answer = ask(party("Nguyễn Văn Hùng", "001085000001"), HUNG, refused=["001085000001"])
    assert (answer.verdict, answer.personal_id, answer.candidates) == ("id_conflict", None, [])


def test_a_former_number_of_several_strangers_is_a_conflict_that_shows_them():
    other = person("036090000009", "Lê Văn Sáu", "1990-10-10", former=["012345678"])
    answer = ask(party("Trịnh Công Bắc", "012345678"), HUNG, other)
    assert (answer.verdict, answer.personal_id) == ("id_conflict", None)
    assert set(answer.candidates) == {"001085000001", "036090000009"}


def test_the_former_number_with_the_name_is_verified_by_it():
    answer = ask(party("Nguyễn Văn Hùng", "012345678"), HUNG, LAN)
    assert (answer.verdict, answer.personal_id) == ("verified_former_id", "001085000001")
    assert answer.comparison["number"] == "former"


def test_the_former_number_with_a_variant_of_the_name_is_verified_by_it():
    assert ask(party("Nguyen Van Hung", "012345678"), HUNG).verdict == "verified_former_id"


def test_a_former_number_of_two_namesakes_is_decided_by_the_birth_date():
    other = person("036090000009", "Nguyễn Văn Hùng", "1990-10-10", former=["012345678"])
    known = ask(party("Nguyễn Văn Hùng", "012345678", "1990-10-10"), HUNG, other)
    assert (known.verdict, known.personal_id) == ("verified_former_id", "036090000009")
    unknown = ask(party("Nguyễn Văn Hùng", "012345678"), HUNG, other)
    assert unknown.verdict == "ambiguous"
    assert unknown.candidates == ["001085000001", "036090000009"]


def test_a_former_number_of_somebody_else_is_a_conflict():
    answer = ask(party("Lê Văn Tám", "012345678"), HUNG)
    assert (answer.verdict, answer.personal_id) == ("id_conflict", None)
    assert answer.candidates == ["001085000001"]


def test_a_dead_person_found_by_number_and_name_is_deceased_and_named():
    late = person("001040000005", "Phạm Văn Tư", "1940-04-04", died=date(2020, 1, 2), former=["011111111"])
    for number in ("001040000005", "011111111"):
        answer = ask(party("Phạm Văn Tư", number), late)
        assert (answer.verdict, answer.personal_id) == ("deceased", "001040000005")
        assert answer.candidates == ["001040000005"]


@pytest.mark.parametrize(
    ("code", "state"), [("0100109106", "valid"), ("0100109107", "invalid"), ("", "missing")]
)
def test_an_organisation_is_judged_by_its_tax_code_only(code, state):
    answer = ask(party("Công ty Bình Minh", code, kind="organisation"), HUNG)
    assert answer.verdict == "organisation"
    assert answer.comparison == {"tax_code": state}


def test_a_foreigner_is_judged_by_having_a_document():
    assert ask(party("John Smith", "P123", kind="foreigner")).comparison == {"document": "present"}
    assert ask(party("John Smith", kind="foreigner")).comparison == {"document": "missing"}


def test_a_foreigner_is_never_matched_with_the_population():
    assert ask(party("Nguyễn Văn Hùng", "001085000001", kind="foreigner"), HUNG).verdict == "foreigner"
