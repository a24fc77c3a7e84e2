"""The classes that may be released: two built in, others that supervisors define; each change a version."""

import re

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.matching.verdicts import codes
from cases.models import ReleaseClass
from cases.releases.rules import Rule, as_json
from registry.identity.text import fold
from vehreg.accounts.models import User
from vehreg.jobs.kinds import Refused

# What a supervisor may ask of a sample: narrower proves nothing, wider proves too little.
LIMITS = (0.001, 0.05)
CONFIDENCES = (0.9, 0.999)
MOST_ALLOWED = 5


def present_classes() -> list[ReleaseClass]:
    """The present version of every class, built-in ones first."""
    found = _present()
    missing = [code for code in codes("bulk_approvable") if code not in {one.code for one in found}]
    if missing:
        ReleaseClass.objects.bulk_create([_built_in(code) for code in missing], ignore_conflicts=True)
        found = _present()
    return sorted(found, key=lambda one: (not one.built_in, one.pk))


def _present() -> list[ReleaseClass]:
    return list(ReleaseClass.objects.filter(replaced_at__isnull=True).order_by("pk"))


def _built_in(code: str) -> ReleaseClass:
    return ReleaseClass(code=code, name=code, rule=as_json(Rule(kinds=(code,))))


def class_define(
    *, name: str, rule: Rule, wrong_limit: float, confidence: float, allowed: int, user: User
) -> ReleaseClass:
    """A new class. Raises `Refused` for a name that is taken and for a plan out of bounds."""
    _check_plan(wrong_limit, confidence, allowed)
    code = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:40]
    if not code:
        raise Refused(_("Give the class a name."))
    try:
        with transaction.atomic():
            return ReleaseClass.objects.create(
                code=code, name=name.strip(), rule=as_json(rule), wrong_limit=wrong_limit,
                confidence=confidence, allowed=allowed, made_by=user, made_by_name=str(user),
            )  # fmt: skip
    except IntegrityError as taken:
        raise Refused(_("There is a class of this name already: change that one.")) from taken


def class_change(
    *, old: ReleaseClass, rule: Rule, wrong_limit: float, confidence: float, allowed: int, user: User
) -> ReleaseClass:
    """The next version of a class. Raises `Refused` when it is not the present one, or nothing changes."""
    _check_plan(wrong_limit, confidence, allowed)
    said = (as_json(rule), wrong_limit, confidence, allowed)
    if said == (old.rule, old.wrong_limit, old.confidence, old.allowed):
        raise Refused(_("Nothing is different from the present version."))
    with transaction.atomic():
        present = ReleaseClass.objects.filter(pk=old.pk, replaced_at__isnull=True)
        if present.update(replaced_at=timezone.now()) != 1:
            raise Refused(_("Somebody else has just changed this class. Look at it again."))
        return ReleaseClass.objects.create(
            code=old.code, version=old.version + 1, name=old.name, rule=said[0], wrong_limit=wrong_limit,
            confidence=confidence, allowed=allowed, made_by=user, made_by_name=str(user),
        )  # fmt: skip


def _check_plan(wrong_limit: float, confidence: float, allowed: int) -> None:
    within = LIMITS[0] <= wrong_limit <= LIMITS[1] and CONFIDENCES[0] <= confidence <= CONFIDENCES[1]
    if not within or not 0 <= allowed <= MOST_ALLOWED:
        raise Refused(_("These figures of the sample are out of bounds."))
