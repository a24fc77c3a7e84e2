"""What a caller looks up for one party."""

from datetime import date

from cases.matching.lookups import blocking_keys
from tests.cases.matching.builders import party


def test_a_name_alone_asks_for_nobody():
    assert blocking_keys(party("Nguyễn Văn Hùng")) == []


def test_organisations_and_foreigners_ask_for_nobody():
    assert blocking_keys(party("Công ty A", "0100109106", kind="organisation")) == []
    assert blocking_keys(party("John", "001085000001", kind="foreigner")) == []


def test_a_personal_number_is_asked_for_and_its_two_halves_with_the_name():
    assert blocking_keys(party("Lê An", "001085123456")) == [
        {"personal_id": "001085123456"},
        {"name_key": "le an", "personal_id__startswith": "001085"},
        {"name_key": "le an", "personal_id__endswith": "123456"},
    ]


def test_a_former_number_is_asked_for_among_the_former_numbers():
    assert blocking_keys(party("Lê An", "012345678")) == [{"former_ids__contains": ["012345678"]}]


def test_a_number_of_another_length_asks_for_nobody():
    assert blocking_keys(party("Lê An", "01234567891")) == []


def test_a_birth_date_is_asked_for_with_the_name_its_parts_and_turned_round():
    lookups = blocking_keys(party("Lê An", "", "1985-02-03"))
    assert {"name_key": "le an", "birth_date": date(1985, 2, 3)} in lookups
    assert {"name_key": "le an", "birth_date": date(1985, 3, 2)} in lookups
    assert {"name_key__endswith": "an", "birth_date": date(1985, 2, 3)} in lookups
    assert {"name_key": "an le", "birth_date": date(1985, 2, 3)} in lookups


def test_the_first_of_january_is_asked_for_as_a_year():
    lookups = blocking_keys(party("Lê An", "", "1985-01-01"))
    assert lookups == [{"name_key": "le an", "birth_date__year": 1985}]


def test_no_look_up_is_repeated():
    lookups = blocking_keys(party("Lê An", "001085123456", "1985-02-03", "00004"))
    assert all(lookups.count(lookup) == 1 for lookup in lookups)
