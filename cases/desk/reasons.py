"""What each verdict rests on, told of this very party: which digit, which syllable, who else, how close."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.desk.levels import because, listed
from cases.desk.marks import birth_text
from cases.desk.party import Party
from cases.models import Candidate, Verdict
from cases.models.kinds import VerdictKind
from cases.templatetags.desk import share
from registry.identity.name_levels import diff_syllables
from registry.identity.numbers import mask
from registry.models import Person
from vehreg.adminsite.words import words

# The second of an ambiguous pair within this is as good as level with the first.
_LEVEL_WITH = 0.05


@dataclass(frozen=True)
class Facts:
    """What a reason is told from. `whole`: numbers are shown in full."""

    verdict: Verdict
    party: Party | None
    candidates: list[Candidate]
    whole: bool

    @property
    def person(self) -> Person | None:
        """Whom the machine proposes first."""
        return self.verdict.person or (self.candidates[0].person if self.candidates else None)

    @property
    def second(self) -> Candidate | None:
        return self.candidates[1] if len(self.candidates) > 1 else None

    @property
    def holder(self) -> Person | None:
        """Whose number the register has."""
        number = self.party.id_key if self.party else ""
        people = (candidate.person for candidate in self.candidates)
        held = (one for one in people if number and number in (one.personal_id, *one.former_ids))
        return next(held, None)

    def shown(self, number: str) -> str:
        return number if self.whole else mask(number)


def reason(facts: Facts) -> str:
    """The sentence that only this verdict can say; "" where there is nothing to add to the levels."""
    teller = _TELLERS.get(facts.verdict.verdict)
    return teller(facts) if teller else ""


def digit_words(registered: str, right: str, *, whole: bool) -> str:
    """Which digits of two numbers of the same length differ: their places, and what they are if `whole`."""
    if len(registered) != len(right):
        return ""
    wrong = [place for place, pair in enumerate(zip(registered, right, strict=True)) if pair[0] != pair[1]]
    if not 1 <= len(wrong) <= 2:
        return ""
    places = listed([str(place + 1) for place in wrong])
    if not whole:
        return _("What differs is digit %(places)s.") % {"places": places}
    return _("What differs is digit %(places)s: %(ours)s in the register, %(theirs)s in the population.") % {
        "places": places,
        "ours": _run(registered, wrong),
        "theirs": _run(right, wrong),
    }


def _run(number: str, places: list[int]) -> str:
    """Neighbours as they stand together: 48; digits apart as a list: 4 and 8."""
    together = places[-1] - places[0] < 2
    return number[places[0] : places[-1] + 1] if together else listed([number[place] for place in places])


def syllable_words(registered: str, right: str) -> str:
    """Which syllables of two names differ."""
    wrong = [(one, other) for one, other, same in diff_syllables(registered, right) if not same]
    told = [_("“%(ours)s” instead of “%(theirs)s”") % {"ours": one or "—", "theirs": other or "—"}
            for one, other in wrong]  # fmt: skip
    return _("The register says %(differences)s.") % {"differences": listed(told)} if told else ""


def _former(facts: Facts) -> str:
    if facts.person is None or facts.party is None:
        return ""
    return _("%(old)s is the former number of %(name)s; the number is %(new)s today.") % {
        "old": facts.shown(facts.party.id_key),
        "name": facts.person.full_name,
        "new": facts.shown(facts.person.personal_id),
    }


def _variant(facts: Facts) -> str:
    if facts.person is None or facts.party is None:
        return ""
    return syllable_words(facts.party.name, facts.person.full_name)


def _typo(facts: Facts) -> str:
    if facts.person is None or facts.party is None:
        return ""
    registered = facts.party.id_key
    numbers = [facts.person.personal_id, *facts.person.former_ids]
    told = (digit_words(registered, number, whole=facts.whole) for number in numbers)
    return next(filter(None, told), "")


def _probable(facts: Facts) -> str:
    if facts.person is None:
        return ""
    told = _("Everything points to %(name)s, %(chance)s.") % {
        "name": facts.person.full_name,
        "chance": share(facts.verdict.score),
    }
    if facts.second is None:
        return told + " " + _("Nobody else fits.")
    return (
        told
        + " "
        + _("The next, %(name)s, is far behind: %(chance)s.")
        % {
            "name": _named(facts.second.person),
            "chance": share(facts.second.score),
        }
    )


def _ambiguous(facts: Facts) -> str:
    if facts.second is None:
        return ""
    first, second = facts.candidates[0], facts.second
    close = first.score - second.score <= _LEVEL_WITH
    told = (
        _("%(first)s and %(second)s are as good as level: %(one)s and %(other)s.")
        if close
        else _("%(first)s is ahead of %(second)s, but not by enough: %(one)s and %(other)s.")
    )
    return told % {
        "first": _named(first.person),
        "second": _named(second.person),
        "one": share(first.score),
        "other": share(second.score),
    }


def _conflict(facts: Facts) -> str:
    if facts.holder is None:
        return _("The one whose number it is was ruled out by an officer, or has left the register.")
    told = _("The number belongs to %(name)s.") % {"name": _named(facts.holder)}
    other = facts.verdict.person
    if other is None or other.pk == facts.holder.pk:
        return told + " " + _("Nobody was found whom the name fits better.")
    return told + " " + _("The name fits %(name)s.") % {"name": _named(other)}


def _deceased(facts: Facts) -> str:
    if facts.person is None or facts.person.died_on is None:
        return ""
    return _("%(name)s died on %(day)s by the population register.") % {
        "name": facts.person.full_name,
        "day": words(facts.person.died_on),
    }


def _nobody(facts: Facts) -> str:
    number = facts.party.id_key if facts.party else ""
    if not number:
        return _("The register has no usable number, and nobody has this name with this birth date or ward.")
    return _("Nobody has the number %(number)s, and nobody has this name with this birth date or ward.") % {
        "number": facts.shown(number)
    }


def _kind(facts: Facts) -> str:
    return because(facts.verdict.comparison)


def _named(person: Person) -> str:
    """A name with the birth date, as far as it is known: names alone are shared by many."""
    born = birth_text(person.birth_date, person.birth_precision)
    return (
        _("%(name)s (born %(born)s)") % {"name": person.full_name, "born": born} if born else person.full_name
    )


_TELLERS: dict[str, Callable[[Facts], str]] = {
    VerdictKind.VERIFIED_FORMER_ID: _former,
    VerdictKind.NAME_VARIANT: _variant,
    VerdictKind.ID_TYPO: _typo,
    VerdictKind.PROBABLE: _probable,
    VerdictKind.AMBIGUOUS: _ambiguous,
    VerdictKind.ID_CONFLICT: _conflict,
    VerdictKind.DECEASED: _deceased,
    VerdictKind.NO_CANDIDATE: _nobody,
    VerdictKind.ORGANISATION: _kind,
    VerdictKind.FOREIGNER: _kind,
}
