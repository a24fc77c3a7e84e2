"""What is true of every address of the API, added to its description."""

from typing import Any, Final

_DETAIL: Final = {
    "type": "object",
    "properties": {"detail": {"type": "string"}},
    "description": "Why not; or the fields that cannot be read, each with its reasons.",
}
_REFUSALS: Final = {
    "400": "A question that cannot be read.",
    "401": "Nobody is signed in, and no token was shown.",
    "403": "The role does not allow it.",
    "404": "There is none, or it is not yours to see.",
}


def add_refusals(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Every operation may be refused; those that say themselves how keep their words. No body is optional."""
    for methods in result["paths"].values():
        for operation in methods.values():
            if "requestBody" in operation:
                operation["requestBody"]["required"] = True
            for status, words in _REFUSALS.items():
                content = {"application/json": {"schema": _DETAIL}}
                operation["responses"].setdefault(status, {"description": words, "content": content})
    return result
