"""The passes without a number that agrees: name with birth date, near numbers, name with ward."""

from datetime import date

import pytest

from tests.cases.matching.builders import ask, party, person

HUNG = person("001085000001", "Nguyễn Văn Hùng", "1985-02-13", "00004", former=["012345678"])
FATHER = person("001055000007", "Nguyễn Văn Hùng", "1955-08-17", "00004")
ELSEWHERE = person("001085000008", "Nguyễn Văn Hùng", "1985-02-13", "00199")


@pytest.mark.parametrize(
    ("number", "level"),
    [
        ("001058000001", "swap"),
        ("001085000009", "one_digit"),
        ("001035000091", "two_digits"),
        ("012345687", "swap"),
        ("012345671", "one_digit"),
    ],
)
def test_a_number_slightly_off_with_name_and_birth_date_is_a_typo(number, level):
    answer = ask(party("Nguyễn Văn Hùng", number, "1985-02-13"), HUNG, FATHER)
    assert (answer.verdict, answer.personal_id) == ("id_typo", "001085000001")
    assert answer.comparison["number"] == level


def test_a_typo_that_happens_to_be_the_number_of_another_person_is_still_a_typo_with_both_shown():
    other = person("001085000009", "Trần Thị Lan", "1985-09-09")
    answer = ask(party("Nguyễn Văn Hùng", "001085000009", "1985-02-13"), HUNG, other)
    assert (answer.verdict, answer.personal_id) == ("id_typo", "001085000001")
    assert answer.candidates == ["001085000001", "001085000009"]


def test_a_near_number_with_the_name_is_a_typo_without_a_birth_date_too():
    answer = ask(party("Nguyễn Văn Hùng", "001085000009"), HUNG, FATHER)
    assert (answer.verdict, answer.personal_id) == ("id_typo", "001085000001")


def test_name_and_birth_date_without_a_number_is_probable():
    answer = ask(party("Nguyễn Văn Hùng", "", "1985-02-13"), HUNG, FATHER)
    assert (answer.verdict, answer.personal_id) == ("probable", "001085000001")


def test_a_number_that_nobody_has_says_that_the_owner_is_not_in_the_city():
    assert ask(party("Nguyễn Văn Hùng", "079199888777", "1985-02-13"), HUNG).verdict == "no_candidate"


def test_name_birth_date_and_ward_with_a_number_that_nobody_has_is_probable():
    answer = ask(party("Nguyễn Văn Hùng", "079199888777", "1985-02-13", "00004"), HUNG)
    assert (answer.verdict, answer.personal_id) == ("probable", "001085000001")
    assert answer.comparison["number"] == "different"


def test_two_people_of_one_name_and_birth_date_are_ambiguous_and_both_are_shown():
    answer = ask(party("Nguyễn Văn Hùng", "", "1985-02-13"), HUNG, ELSEWHERE)
    assert answer.verdict == "ambiguous"
    assert answer.candidates == ["001085000001", "001085000008"]


def test_the_ward_decides_between_two_people_of_one_name_and_birth_date():
    answer = ask(party("Nguyễn Văn Hùng", "", "1985-02-13", "00199"), HUNG, ELSEWHERE)
    assert (answer.verdict, answer.personal_id) == ("probable", "001085000008")


def test_the_spelling_with_its_marks_decides_between_hung_and_hung():
    hung = person("001085000008", "Nguyễn Văn Hưng", "1985-02-13")
    answer = ask(party("Nguyễn Văn Hùng", "", "1985-02-13"), HUNG, hung)
    assert (answer.verdict, answer.personal_id) == ("probable", "001085000001")


def test_a_moved_person_is_found_by_name_and_birth_date():
    answer = ask(party("Nguyễn Văn Hùng", "", "1985-02-13", "00199"), HUNG)
    assert (answer.verdict, answer.comparison["ward"]) == ("probable", "different")


def test_a_misspelt_name_is_found_by_its_birth_date():
    answer = ask(party("Nguyễn Vănn Hùng", "", "1985-02-13"), HUNG)
    assert (answer.verdict, answer.personal_id) == ("probable", "001085000001")
    assert answer.pass_name == "near_name_birth"


def test_a_middle_name_left_out_is_found_by_the_birth_date():
    assert ask(party("Nguyễn Hùng", "", "1985-02-13"), HUNG).personal_id == "001085000001"


def test_the_given_name_first_is_found_by_the_birth_date():
    assert ask(party("Hùng Nguyễn Văn", "", "1985-02-13"), HUNG).personal_id == "001085000001"


def test_a_misspelt_name_with_a_near_number_and_the_birth_date_is_a_typo():
    assert ask(party("Nguyễn Vănn Hùng", "001085000009", "1985-02-13"), HUNG).verdict == "id_typo"


def test_twins_are_never_merged():
    twin = person("001085000002", "Nguyễn Văn Dũng", "1985-02-13", "00004")
    alone = ask(party("Nguyễn Văn Dũng", "", "1985-02-13", "00004"), HUNG)
    assert (alone.verdict, alone.candidates) == ("no_candidate", [])
    with_number_of_the_other = ask(party("Nguyễn Văn Dũng", "001085000001", "1985-02-13"), HUNG, twin)
    assert with_number_of_the_other.verdict in {"id_typo", "id_conflict"}
    assert with_number_of_the_other.personal_id == "001085000002"


def test_day_and_month_swapped_is_still_the_person():
    lan = person("001187000002", "Trần Thị Lan", "1987-06-09")
    answer = ask(party("Trần Thị Lan", "", "1987-09-06"), lan)
    assert (answer.verdict, answer.comparison["birth"]) == ("probable", "swapped")


def test_a_birth_year_alone_points_to_the_only_namesake_of_that_year():
    answer = ask(party("Nguyễn Văn Hùng", "", "1985"), HUNG, FATHER)
    assert (answer.verdict, answer.personal_id) == ("probable", "001085000001")
    assert answer.comparison["birth"] == "year"


def test_a_birth_year_alone_does_not_choose_between_namesakes():
    assert ask(party("Nguyễn Văn Hùng", "", "1985"), HUNG, ELSEWHERE).verdict == "ambiguous"


def test_the_first_of_january_is_read_as_the_year_only():
    assert ask(party("Nguyễn Văn Hùng", "", "1985-01-01"), HUNG).comparison["birth"] == "year"


def test_name_and_ward_without_a_birth_date_is_probable_when_nobody_else_fits():
    answer = ask(party("Nguyễn Văn Hùng", "", None, "00004"), HUNG)
    assert (answer.verdict, answer.pass_name) == ("probable", "name_ward")


def test_father_and_son_of_one_name_in_one_ward_are_ambiguous_without_a_birth_year():
    assert ask(party("Nguyễn Văn Hùng", "", None, "00004"), HUNG, FATHER).verdict == "ambiguous"


def test_the_birth_year_decides_between_father_and_son():
    answer = ask(party("Nguyễn Văn Hùng", "", "1955", "00004"), HUNG, FATHER)
    assert (answer.verdict, answer.personal_id) == ("probable", "001055000007")


def test_the_son_is_not_proposed_for_the_father_who_is_not_in_the_register():
    answer = ask(party("Nguyễn Văn Hùng", "", "1955-08-17", "00004"), HUNG)
    assert (answer.verdict, answer.personal_id) == ("no_candidate", None)


def test_one_part_of_the_birth_date_wrong_with_name_and_ward_is_probable():
    answer = ask(party("Nguyễn Văn Hùng", "", "1985-02-18", "00004"), HUNG)
    assert (answer.verdict, answer.comparison["birth"]) == ("probable", "one_part")


def test_a_misspelt_name_with_birth_year_and_ward_is_probable():
    answer = ask(party("Nguyễn Vănn Hùng", "", "1985", "00004"), HUNG)
    assert (answer.verdict, answer.pass_name) == ("probable", "near_name_ward")


def test_too_little_names_nobody_but_is_shown():
    answer = ask(party("Nguyễn Văn Hùng", "079199888777", "1985", "00199"), HUNG)
    assert (answer.verdict, answer.personal_id) == ("no_candidate", None)
    assert answer.candidates == ["001085000001"]


def test_the_given_name_first_with_birth_year_and_ward_is_probable():
    assert ask(party("Hùng Nguyễn Văn", "", "1985", "00004"), HUNG).verdict == "probable"


def test_one_letter_in_the_middle_name_is_found_by_the_birth_date():
    answer = ask(party("Nguyễn Văng Hùng", "", "1985-02-13"), HUNG)
    assert (answer.verdict, answer.personal_id) == ("probable", "001085000001")


def test_a_name_alone_never_links():
    answer = ask(party("Nguyễn Văn Hùng"), HUNG)
    assert (answer.verdict, answer.personal_id, answer.candidates) == ("no_candidate", None, [])


def test_a_name_in_another_ward_does_not_link():
    assert ask(party("Nguyễn Văn Hùng", "", None, "00199"), HUNG).verdict == "no_candidate"


def test_a_party_without_a_name_is_nobody():
    assert ask(party("", "", "1985-02-13", "00004"), HUNG).verdict == "no_candidate"


def test_a_dead_person_found_by_name_and_birth_date_is_deceased():
    late = person("001040000005", "Phạm Văn Tư", "1940-04-14", died=date(2020, 1, 2))
    answer = ask(party("Phạm Văn Tư", "", "1940-04-14"), late)
    assert (answer.verdict, answer.personal_id) == ("deceased", "001040000005")


def test_a_dead_and_a_living_namesake_stay_ambiguous():
    late = person("001085000002", "Nguyễn Văn Hùng", "1985-02-13", died=date(2020, 1, 2))
    assert ask(party("Nguyễn Văn Hùng", "", "1985-02-13"), HUNG, late).verdict == "ambiguous"


def test_an_even_choice_names_nobody_and_each_has_half_a_chance_at_most():
    answer = ask(party("Nguyễn Văn Hùng", "", "1985-02-13"), HUNG, ELSEWHERE)
    assert answer.personal_id is None
    assert 0.4 < answer.score <= 0.5


def test_an_uneven_choice_names_the_likelier_person():
    nowhere = person("001085000009", "Nguyễn Văn Hùng", "1985-02-13", ward=None)
    answer = ask(party("Nguyễn Văn Hùng", "", "1985-02-13", "00004"), ELSEWHERE, nowhere)
    assert (answer.verdict, answer.personal_id) == ("ambiguous", "001085000009")


def test_the_same_evidence_proves_less_the_more_people_carry_the_name():
    rare = ask(party("Nguyễn Văn Hùng", "", "1985"), HUNG, carriers=20)
    common = ask(party("Nguyễn Văn Hùng", "", "1985"), HUNG, carriers=4000)
    assert rare.score > common.score


def test_the_score_is_higher_the_more_agrees():
    bare = ask(party("Nguyễn Văn Hùng", "", None, "00004"), HUNG).score
    dated = ask(party("Nguyễn Văn Hùng", "", "1985-02-13"), HUNG).score
    both = ask(party("Nguyễn Văn Hùng", "", "1985-02-13", "00004"), HUNG).score
    assert 0 < bare < dated <= both <= 1
