"""The files of a city as a whole."""

from pathlib import Path

import pytest

from registry.simulation import errors
from registry.simulation.city import CityFiles, simulate
from registry.simulation.refusals import CityRefused
from tests.registry.simulation.cities import City, build

COLUMNS = {
    "persons": "personal_id,former_ids,full_name,birth_date,gender,ward_code,address,died_on,as_of",
    "vehicles": (
        "source_id,plate,vehicle_kind,plate_colour,brand,model_code,colour,engine_no,chassis_no,year_made,seats,"
        "payload_kg,first_registered_on,registered_on,valid_until,status,owner_kind,owner_name,owner_id_number,"
        "owner_birth_date,owner_phone,owner_address,owner_ward_code,file_code,office_code"
    ),
    "licences": (
        "source_id,number,medium,licence_class,issued_on,expires_on,issuing_office,holder_name,holder_birth_date,"
        "holder_id_number,holder_address,holder_ward_code,points,status"
    ),
    "declarations": (
        "external_id,declared_at,channel,subject,declarant_id,declarant_name,declarant_phone,ward_code,plate,"
        "vehicle_kind,plate_colour,engine_no,chassis_no,licence_number,licence_class,usage_status,"
        "counterparty_name,counterparty_id,since,note"
    ),
    "truth": "register,source_id,personal_id,injected",
}


def contents(files: CityFiles) -> dict[str, bytes]:
    return {kind: getattr(files, kind).read_bytes() for kind in COLUMNS}


def simulated(out: Path, **changes: object) -> CityFiles:
    sizes = {"vehicles": 10, "persons": 10, "licences": 1, "declarations": 1, "seed": 1, "errors": {}}
    return simulate(out, **(sizes | changes))  # type: ignore[arg-type]


def test_the_same_seed_gives_the_same_bytes(city: City, tmp_path: Path):
    again = build(tmp_path, errors.known())
    assert contents(again.files) == contents(city.files)


def test_another_seed_gives_other_people(city: City, tmp_path: Path):
    others = City(simulated(tmp_path, seed=6, persons=1000))
    assert not set(others.persons) & set(city.persons)


@pytest.mark.parametrize("kind", COLUMNS)
def test_the_columns_are_those_of_the_delivery_formats(city: City, kind: str):
    with getattr(city.files, kind).open(encoding="utf-8") as lines:
        assert lines.readline().rstrip("\n") == COLUMNS[kind]


def test_each_file_has_as_many_rows_as_were_asked_for(city: City):
    sizes = [len(city.persons), len(city.vehicles), len(city.licences), len(city.declarations)]
    assert sizes == [12_000, 12_000, 1200, 2400]
    assert len(city.truth) == 12_000 + 1200


def test_a_city_of_nobody_and_nothing_has_headers_only(tmp_path: Path):
    files = simulated(tmp_path, vehicles=0, persons=0, licences=0, declarations=0)
    assert {kind: text.decode() for kind, text in contents(files).items()} == {
        kind: columns + "\n" for kind, columns in COLUMNS.items()
    }


def test_vehicles_without_any_population_belong_to_people_absent_from_it(tmp_path: Path):
    city = City(simulated(tmp_path, vehicles=200, persons=0, declarations=30))
    assert not any(city.truth[vehicle["source_id"]]["personal_id"] for vehicle in city.vehicles)
    citizens = [vehicle for vehicle in city.vehicles if vehicle["owner_kind"] == "citizen"]
    assert all(city.injected(vehicle) == {"person_absent"} for vehicle in citizens)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"vehicles": -1}, "negative_size"),
        ({"declarations": -5}, "negative_size"),
        ({"persons": 20_000_001}, "too_many_persons"),
        ({"errors": {"no_such_error": 0.1}}, "errors_unknown"),
        ({"errors": {"tone_wrong": 1.5}}, "errors_out_of_range"),
        ({"errors": {"tone_wrong": "often"}}, "errors_out_of_range"),
        ({"errors": {"tone_wrong": 0.6, "regional": 0.6}}, "errors_exceed_one"),
    ],
)
def test_nonsense_is_refused_and_earlier_files_stay(tmp_path: Path, changes: dict[str, object], code: str):
    earlier = tmp_path / "persons.csv"
    earlier.write_text("earlier")
    with pytest.raises(CityRefused) as refusal:
        simulated(tmp_path, **changes)
    assert refusal.value.code == code
    assert [path.name for path in tmp_path.iterdir()] == ["persons.csv"]
    assert earlier.read_text() == "earlier"


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CityRefused) as refusal:
        simulated(tmp_path / "file" / "city")
    assert refusal.value.code == "not_writable"


def test_nothing_is_left_beside_the_five_files(tmp_path: Path):
    simulated(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"{kind}.csv" for kind in COLUMNS)


@pytest.mark.parametrize(
    ("text", "code"),
    [("not json", "errors_not_json"), ("[1]", "errors_not_a_table"), ('{"x": 1}', "errors_unknown")],
)
def test_a_table_of_errors_that_cannot_be_used_says_why(tmp_path: Path, text: str, code: str):
    (tmp_path / "errors.json").write_text(text)
    with pytest.raises(CityRefused) as refusal:
        errors.read(tmp_path / "errors.json")
    assert refusal.value.code == code


def test_a_missing_table_of_errors_is_refused(tmp_path: Path):
    with pytest.raises(CityRefused) as refusal:
        errors.read(tmp_path / "nowhere.json")
    assert refusal.value.code == "errors_unreadable"
