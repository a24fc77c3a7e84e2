"""The form in which a supervisor says which cases make a class. No SQL: boxes, figures, wards."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import ReleaseClass
from cases.models.kinds import DiscrepancyKind
from cases.models.subject import Register
from cases.releases.classes import CONFIDENCES, LIMITS, MOST_ALLOWED
from cases.releases.rules import KINDS, REGISTERS, SHOWN_LEVELS, Rule, from_json
from cases.releases.words import field_words, level_choices
from vehreg.accounts.models import Unit

_WARDS = (Unit.Kind.WARD, Unit.Kind.COMMUNE)


def _boxes(label: Any, choices: list[tuple[str, Any]], *, required: bool = True) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, required=required
    )


class ReleaseClassForm(forms.Form):
    """`rule` and `plan` are what it comes to once it is valid."""

    name = forms.CharField(label=_("name"), max_length=120, strip=True)
    kinds = _boxes(_("what is wrong"), [(kind, DiscrepancyKind(kind).label) for kind in KINDS])
    registers = _boxes(_("registers"), [(name, Register(name).label) for name in REGISTERS])
    min_score = forms.FloatField(
        label=_("certainty of at least, %"), min_value=0, max_value=100, required=False, initial=0
    )
    max_vehicles = forms.IntegerField(label=_("vehicles of an owner, at most"), min_value=1, required=False)
    units = forms.MultipleChoiceField(label=_("wards (none chosen: all)"), required=False)
    wrong_limit = forms.FloatField(
        label=_("A lot is bad from this share of errors, %"),
        min_value=LIMITS[0] * 100,
        max_value=LIMITS[1] * 100,
        initial=1,
    )
    confidence = forms.FloatField(
        label=_("A bad lot is rejected with this probability, %"),
        min_value=CONFIDENCES[0] * 100,
        max_value=CONFIDENCES[1] * 100,
        initial=95,
    )
    allowed = forms.IntegerField(
        label=_("errors allowed in the sample"), min_value=0, max_value=MOST_ALLOWED, initial=0
    )

    def __init__(self, *args: Any, changing: ReleaseClass | None = None, **kwargs: Any) -> None:
        if changing is not None:
            kwargs.setdefault("initial", _said(changing))
        super().__init__(*args, **kwargs)
        if changing is not None:
            del self.fields["name"]
        wards = Unit.objects.filter(kind__in=_WARDS).order_by("name").values_list("code", "name")
        units: Any = self.fields["units"]
        units.choices = list(wards)
        for field in SHOWN_LEVELS:
            self.fields[f"level_{field}"] = _boxes(field_words(field), level_choices(field), required=False)

    @property
    def level_fields(self) -> list[forms.BoundField]:
        return [self[f"level_{field}"] for field in SHOWN_LEVELS]

    def rule(self) -> Rule:
        said = self.cleaned_data
        levels = {field: tuple(said[f"level_{field}"]) for field in SHOWN_LEVELS if self._limits(field)}
        return Rule(
            kinds=tuple(said["kinds"]),
            registers=tuple(said["registers"]),
            min_score=round((said["min_score"] or 0) / 100, 6),
            levels=levels,
            max_vehicles=said["max_vehicles"],
            units=tuple(said["units"]),
        )

    def plan(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "wrong_limit": round(said["wrong_limit"] / 100, 6),
            "confidence": round(said["confidence"] / 100, 6),
            "allowed": said["allowed"],
        }

    def _limits(self, field: str) -> bool:
        """No box ticked, or all of them: the field may be on any level."""
        return 0 < len(self.cleaned_data[f"level_{field}"]) < len(SHOWN_LEVELS[field])


def _said(release_class: ReleaseClass) -> dict[str, Any]:
    """The form as the present version would fill it in."""
    rule = from_json(release_class.rule)
    return {
        "kinds": rule.kinds,
        "registers": rule.registers,
        "min_score": round(rule.min_score * 100, 4),
        "max_vehicles": rule.max_vehicles,
        "units": rule.units,
        "wrong_limit": round(release_class.wrong_limit * 100, 4),
        "confidence": round(release_class.confidence * 100, 4),
        "allowed": release_class.allowed,
        **{f"level_{field}": levels for field, levels in rule.levels.items()},
    }
