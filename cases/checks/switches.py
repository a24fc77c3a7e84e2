"""Which rules are switched on. A rule nobody has switched is on."""

from cases.models import CheckRule


def codes_off() -> list[str]:
    """The rules that are switched off now."""
    return list(CheckRule.objects.filter(is_on=False).order_by("code").values_list("code", flat=True))


def states() -> dict[str, CheckRule]:
    """The switch and the last count of every rule that has one, by code."""
    return {state.code: state for state in CheckRule.objects.select_related("switched_by")}
