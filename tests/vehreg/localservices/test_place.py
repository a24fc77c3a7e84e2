import os
import shutil
from pathlib import Path

import pytest

from vehreg.localservices.place import Place, ServiceUser
from vehreg.localservices.secret import ensure_secret


@pytest.fixture
def closed_place(tmp_path: Path, as_root: None):
    """A clone below a home that only root may enter."""
    tmp_path.chmod(0o700)
    place = Place(tmp_path / "var")
    place.var.mkdir()
    yield place
    shutil.rmtree(place.home(), ignore_errors=True)


def test_a_clone_others_can_enter_keeps_the_servers_files(open_folder):
    place = Place(open_folder / "var-inside")
    place.var.mkdir()

    assert place.prepare() == place.var / "services"


def test_a_clone_below_a_closed_home_has_them_in_the_temporary_folder(closed_place):
    home = closed_place.prepare()

    assert closed_place.var not in home.parents
    assert home.stat().st_mode & 0o022 == 0
    assert Place(closed_place.var).prepare() == home


def test_root_in_somebodys_clone_works_as_them(open_folder, as_root):
    place = Place(open_folder / "var-of-nobody")
    place.var.mkdir()
    os.chown(place.var, 65534, 65534)

    home = place.prepare()

    assert home.stat().st_uid == 65534
    assert ServiceUser.owning(home / "postgres") == ServiceUser(65534, 65534)


def test_what_a_deleted_clone_left_behind_is_not_taken_over(closed_place):
    home = closed_place.prepare()
    (home / "left").touch()
    shutil.rmtree(closed_place.var / "services")

    assert closed_place.prepare() == home
    assert not (home / "left").exists()


def test_a_folder_somebody_else_laid_there_is_not_used(closed_place):
    home = closed_place.prepare()
    shutil.rmtree(closed_place.var / "services")
    os.chown(home, 65534, 65534)

    other = closed_place.prepare()

    assert other != home
    assert other.stat().st_uid == 0
    shutil.rmtree(home)


def test_a_link_is_not_followed(closed_place, tmp_path):
    home = closed_place.prepare()
    shutil.rmtree(closed_place.var / "services")
    home.rmdir()
    target = tmp_path / "target"
    target.mkdir()
    home.symlink_to(target)

    other = closed_place.prepare()

    assert other != home
    assert target.exists()
    home.unlink()


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "new" / "secret_key"

    secret = ensure_secret(path)

    assert ensure_secret(path) == secret
    assert len(secret) >= 50
    assert path.stat().st_mode & 0o077 == 0
    assert [file.name for file in path.parent.iterdir()] == ["secret_key"]
