"""One user for each role, all with one random password that is made once."""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from vehreg.accounts.models import Unit, User
from vehreg.accounts.roles import WARD_ROLES, Role

# The ward in which the ward's officer and supervisor of the demo work.
WARD = "00025"


@dataclass(frozen=True)
class Figure:
    """A user of the demo."""

    username: str
    full_name: str
    role: Role


PEOPLE = (
    Figure("canbo", "Trần Minh Quân", Role.WARD_OFFICER),
    Figure("chihuy", "Nguyễn Thị Thu Hà", Role.WARD_SUPERVISOR),
    Figure("canbotp", "Lê Đức Thắng", Role.CITY_OFFICER),
    Figure("chihuytp", "Phạm Hồng Sơn", Role.CITY_SUPERVISOR),
    Figure("dangky", "Đỗ Thị Mai", Role.REGISTRAR),
    Figure("kiemtra", "Hoàng Văn Bình", Role.AUDITOR),
    Figure("quantri", "Vũ Ngọc Lan", Role.ADMINISTRATOR),
)


def password() -> str:
    """The password of this demo, made at the first call and kept beside its data."""
    kept = Path(settings.VAR_DIR) / "demo.json"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(json.dumps({"password": secrets.token_urlsafe(9)}))
    return str(json.loads(kept.read_text())["password"])


def make_people() -> dict[str, User]:
    """The users of the demo by role; those that are there stay, with the demo's password."""
    ward = Unit.objects.get(code=WARD)
    secret = password()
    made = {}
    for figure in PEOPLE:
        user = User.objects.filter(username=figure.username).first() or User(username=figure.username)
        user.full_name, user.role = figure.full_name, figure.role
        user.unit = ward if figure.role in WARD_ROLES else None
        user.must_change_password = False
        user.set_password(secret)
        user.save()
        made[figure.role.value] = user
    return made
