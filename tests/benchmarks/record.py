"""What a bench has measured so far, kept as it goes: a run that was stopped goes on where it was."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Record:
    """`measured`: by key, value and remark. `done`: by step, the seconds it took. `failed`: by step, why.

    `commits`: by step, the state of the code it measured. A run that goes on after a change has several.

    `underway` is the step that was begun last and has not ended: the process was killed in it.
    """

    path: Path
    about: dict[str, Any] = field(default_factory=dict)
    measured: dict[str, dict[str, Any]] = field(default_factory=dict)
    done: dict[str, float] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    keys: dict[str, list[str]] = field(default_factory=dict)
    commits: dict[str, str] = field(default_factory=dict)
    underway: str = ""

    @classmethod
    def load(cls, path: Path) -> Record:
        kept = json.loads(path.read_text("utf-8")) if path.exists() else {}
        return cls(path, **kept)

    def begin(self, step: str) -> None:
        """A step begins: what it measured before is forgotten."""
        self.forget([step])
        self.underway = step
        self._save()

    def note(self, key: str, value: float, remark: str = "") -> None:
        """One measurement of the step under way. It is kept at once."""
        self.measured[key] = {"value": value, "remark": remark}
        self.keys.setdefault(self.underway, []).append(key)
        self._save()

    def end(self, *, seconds: float) -> None:
        self.done[self.underway] = seconds
        self.commits[self.underway] = str(self.about.get("commit", ""))
        self.underway = ""
        self._save()

    def fail(self, words: str) -> None:
        """The step did not come to its end; what it measured until then stays."""
        self.failed[self.underway] = words
        self.underway = ""
        self._save()

    def forget(self, steps: Iterable[str]) -> None:
        for step in steps:
            for key in self.keys.pop(step, []):
                self.measured.pop(key, None)
            for kept in (self.done, self.failed, self.commits):
                kept.pop(step, None)
        self._save()

    def clear(self) -> None:
        for kept in (self.about, self.measured, self.done, self.failed, self.keys, self.commits):
            kept.clear()
        self.underway = ""
        self._save()

    def tell(self, about: Mapping[str, Any]) -> None:
        """Facts of the run: machine, versions, date."""
        self.about |= about
        self._save()

    def value(self, key: str) -> float | None:
        return self.measured[key]["value"] if key in self.measured else None

    def remark(self, key: str) -> str:
        return str(self.measured[key]["remark"]) if key in self.measured else ""

    def _save(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.path.with_suffix(".new")
        kept = {name: value for name, value in vars(self).items() if name != "path"}
        draft.write_text(json.dumps(kept, ensure_ascii=False, indent=1), "utf-8")
        draft.replace(self.path)
