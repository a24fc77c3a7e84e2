"""`train_matching`: the next version of the model, what it changes, and which version a run goes by."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cases.matching import training as pure
from cases.models import MatchRun
from cases.runs.training import train_model
from cases.runs.versions import model_of, trained_folder
from tests.cases.runs import town

pytestmark = pytest.mark.django_db(transaction=True)

Match = Callable[..., MatchRun]


@pytest.fixture(autouse=True)
def files_of_its_own(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(pure, "FEWEST_PAIRS", 40)


def test_a_trained_model_is_the_next_version_and_the_next_run_goes_by_it(match: Match) -> None:
    town.build(persons=150)
    assert match().model_version == model_of().version
    trained = train_model()
    assert trained.path == trained_folder() / f"{trained.model.version}.json"
    assert trained.model.version > trained.before.version
    assert match().model_version == trained.model.version


def test_an_older_version_can_be_pinned(match: Match, settings) -> None:
    town.build(persons=150)
    before = train_model().before.version
    settings.MATCH_MODEL = before
    assert match().model_version == before


def test_with_another_model_a_run_since_the_last_is_a_whole_one(match: Match) -> None:
    town.build(persons=150)
    match()
    train_model()
    assert match("since_last").scope == MatchRun.Scope.ALL


def test_a_version_is_never_written_over() -> None:
    town.build(persons=150)
    first, second = train_model(), train_model()
    assert first.model.version != second.model.version
    assert second.before.version == first.model.version


def test_a_dry_run_tells_what_would_change_and_keeps_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    town.build(persons=150)
    call_command("train_matching", "--dry-run", "--json")
    told = json.loads(capsys.readouterr().out)
    assert (told["kept"], told["before"]) == (False, model_of().version)
    assert set(told) == {"model", "before", "kept", "linkable", "bits", "tried", "verdicts"}
    assert not trained_folder().exists()


def test_registers_that_hold_too_little_are_told_so(city) -> None:
    with pytest.raises(CommandError, match="quá ít"):
        call_command("train_matching")
    assert not trained_folder().exists()
