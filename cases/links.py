"""The links that follow from a verdict: where one in force names its person without a human looking first."""

from typing import Any, Final

from cases.matching.verdicts import codes
from cases.models import Verdict
from cases.models.subject import Register
from registry.links import link_source
from registry.models import DriverLicence, Owner

LINKING: Final = codes("links_person")
LINKING_CODES: Final = ", ".join(f"'{code}'" for code in LINKING)
_REGISTERS: Final[dict[type[Any], str]] = {
    Owner: Register.OWNER.value,
    DriverLicence: Register.LICENCE.value,
}

# What a decision wrote beside the entry comes first (see `registry.links`).
_LINKED: Final = f"""coalesce({{entry}}.person_id, (
    SELECT linking.person_id FROM cases_verdict AS linking
    WHERE linking.register = '{{register}}' AND linking.subject_id = {{entry}}.id
      AND linking.superseded_by_id IS NULL AND linking.verdict IN ({LINKING_CODES})))"""


@link_source
def linking_verdicts(model: type[Any]) -> Any:
    """The verdicts in force that link an entry of this model with a person."""
    return Verdict.objects.filter(
        register=_REGISTERS[model], superseded_by__isnull=True, verdict__in=LINKING, person__isnull=False
    )


def linked_sql(register: str, entry: str = "entry") -> str:
    """SQL: the id of the person that a row of this register, under this alias, is linked with."""
    return _LINKED.format(register=register, entry=entry)
