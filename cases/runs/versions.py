"""The rules and the model that a run goes by, under the names it keeps."""

from pathlib import Path

from django.conf import settings

from cases.matching.model import FOLDER, Model, versions


def trained_folder() -> Path:
    """Where `train_matching` writes: shared by all workers, like the files of deliveries."""
    return Path(settings.MEDIA_ROOT) / "models"


def model_of(version: str = "") -> Model:
    """The model of that version; without one the setting `VEHREG_MATCH_MODEL`, else the newest there is."""
    return Model.load(version or settings.MATCH_MODEL or None, folders=(FOLDER, trained_folder()))


def next_version(month: str) -> str:
    """The next free name of a month: `2026-11a`, `2026-11b`, … Raises `ValueError` after `z`."""
    taken = set(versions((FOLDER, trained_folder())))
    free = (f"{month}{chr(letter)}" for letter in range(ord("a"), ord("z") + 1))
    found = next((name for name in free if name not in taken), None)
    if found is None:
        raise ValueError(f"no free version in {month}")
    return found
