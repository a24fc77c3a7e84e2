"""Officers at work: look at the queue, open a case, propose; a supervisor opens proposals and approves.

An officer needs two to eight seconds for a page. The four officers of a ward share its queue out among
themselves, so that nobody's move is refused because a colleague was quicker: a refused move is an error here.
BENCH_OFFICERS names the file of their names, BENCH_REQUESTS the one that every request is written to.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from locust import HttpUser, between, events, task

from tests.benchmarks.officers.forms import Form, Page

_OFFICERS: list[dict[str, Any]] = json.loads(Path(os.environ["BENCH_OFFICERS"]).read_text())
_REQUESTS = Path(os.environ["BENCH_REQUESTS"]).open("a", buffering=1)  # noqa: SIM115 - open as long as the process
_SIGN_IN, _QUEUE = "/admin/login/", "/admin/cases/verificationcase/"
_OFFICERS_OF_WARD = 4
_waiting: Iterator[dict[str, Any]] = iter(_OFFICERS)


@events.request.add_listener
def write_down(name: str, response_time: float, exception: object, start_time: float, **_more: Any) -> None:
    line = {"at": start_time, "name": name, "ms": response_time, "error": exception and str(exception)}
    _REQUESTS.write(json.dumps(line) + "\n")


class Officer(HttpUser):
    wait_time = between(2, 8)

    def on_start(self) -> None:
        self.officer = next(_waiting)
        self.leads = self.officer["place"] == _OFFICERS_OF_WARD
        form = Page(self.client.get(_SIGN_IN, name="sign in").text).forms[0]
        form.values |= {name: self.officer[name] for name in ("username", "password")}
        answer = self._send(form, "sign in", action=_SIGN_IN)
        assert answer.is_redirect, f"{self.officer['username']} cannot sign in"

    @task
    def work(self) -> None:
        """One case, from the queue to the move that ends an officer's part of it."""
        self._pause()
        page = self._look(_QUEUE + ("?tab=proposed" if self.leads else "?tab=todo"), "list")
        links = [link for link in page.links if link.startswith(_QUEUE) and "/change/" in link]
        mine = links if self.leads else [link for link in links if self._is_mine(link)]
        if mine:
            self._pause()
            self._settle(random.choice(mine))

    def _is_mine(self, address: str) -> bool:
        number = int(address.removeprefix(_QUEUE).partition("/")[0])
        return bool(number % _OFFICERS_OF_WARD == self.officer["place"])

    def _settle(self, address: str) -> None:
        page = self._look(address, "open")
        form = self._decision(page) if self.leads else self._proposal(page)
        if form is not None:
            self._pause()
            answer = self._send(form, "approve" if self.leads else "propose")
            if answer.is_redirect:
                self._look(answer.headers["Location"], "next")

    def _decision(self, page: Page) -> Form | None:
        return page.pressed("move", "approve")

    def _proposal(self, page: Page) -> Form | None:
        """What the big button proposes; where there is none, that the register is right."""
        form = page.pressed("move", "propose")
        if form is None and (form := page.with_value("move", "propose")):
            form.values |= {"disposition": "entry_right", "reason": "Đã xác minh tại nơi cư trú."}
        return form

    def _look(self, address: str, name: str) -> Page:
        with self.client.get(address, name=name, catch_response=True) as answer:
            if answer.ok and "/login/" in answer.url:
                answer.failure("signed out")
            return Page(answer.text or "")

    def _send(self, form: Form, name: str, action: str = "") -> Any:
        """A move that is refused leads back to its own case."""
        sent = {"headers": {"Referer": self.host}, "allow_redirects": False, "catch_response": True}
        with self.client.post(action or form.action, form.values, name=name, **sent) as answer:
            case = form.action.removesuffix("/move/")
            if name == "propose" and f"{case}/change/" in answer.headers.get("Location", ""):
                answer.failure("the move was refused")
            return answer

    def _pause(self) -> None:
        time.sleep(self.wait_time())
