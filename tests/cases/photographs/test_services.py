"""Photographs beside their declaration."""

import hashlib
import io
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError

from cases.models import Photograph
from cases.photographs import services
from cases.photographs.errors import PhotographRefused
from cases.photographs.services import MOST_OF_A_DECLARATION, keep_photograph
from registry.deliveries.undo import Register
from tests import factories
from tests.cases.declarations.rows import declaration
from tests.cases.photographs.pictures import picture
from vehreg.accounts.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def declared():
    return declaration(plate="29-H1 123.45", vehicle_kind="motorbike")


def keep(declared, content=None, **columns):
    return keep_photograph(declaration=declared, file=io.BytesIO(content or picture()), **columns)


def files_of(declared) -> list[Path]:
    folder = Path(settings.MEDIA_ROOT) / "photographs"
    return sorted(folder.glob(f"*/{declared.pk}-*"))


def test_a_photograph_is_kept_with_the_checksum_of_what_was_sent(declared):
    officer = factories.user()
    sent = picture()
    kept = Photograph.objects.get(pk=keep(declared, sent, user=officer).pk)
    assert kept.sha256 == hashlib.sha256(sent).hexdigest()
    assert (kept.kind, kept.width, kept.height) == ("jpeg", 64, 48)
    assert kept.bytes == Path(kept.file.path).stat().st_size
    assert (kept.user, kept.sender_name) == (officer, str(officer))


def test_a_photograph_lies_in_the_private_folder_and_has_no_address(declared):
    kept = keep(declared)
    assert Path(kept.file.path).is_relative_to(settings.MEDIA_ROOT)
    city = factories.client(factories.user(Role.CITY_SUPERVISOR))
    assert city.get(f"/{kept.file.name}").status_code == 404


def test_sending_again_keeps_nothing_twice(declared):
    assert keep(declared).pk == keep(declared).pk
    assert Photograph.objects.count() == 1
    assert len(files_of(declared)) == 1


def test_the_same_paper_may_belong_to_two_declarations(declared):
    other = declaration(plate="29-H1 123.45")
    assert keep(declared).pk != keep(other).pk


def test_of_two_that_come_at_once_one_stays_and_no_file_is_left_over(declared, monkeypatch):
    first = keep(declared)
    answers = iter([None, first])
    monkeypatch.setattr(services, "_known", lambda *_: next(answers))
    assert keep(declared) == first
    assert len(files_of(declared)) == 1


def test_a_row_that_cannot_be_written_leaves_no_file(declared, monkeypatch):
    def broken(self, *args, **kwargs):
        raise IntegrityError("no")

    monkeypatch.setattr(Photograph, "save", broken)
    with pytest.raises(IntegrityError):
        keep(declared)
    assert files_of(declared) == []


def test_a_declaration_holds_twelve_and_no_more(declared):
    for number in range(MOST_OF_A_DECLARATION):
        keep(declared, picture(colour=(number, 0, 0), size=(8, 8 + number)))
    with pytest.raises(PhotographRefused, match="mười hai"):
        keep(declared, picture(size=(9, 9)))


def test_a_declaration_with_photographs_is_needed_when_its_delivery_is_undone(declared):
    keep(declared)
    holders = Register("cases.Declaration", delivery_id=1)._holders()
    assert ("cases_photograph", "declaration_id") in holders
