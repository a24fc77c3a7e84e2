"""A line between a browser and a server that can be cut, and that can lose an answer the server has given."""

import socket
import threading
from collections import Counter
from contextlib import suppress
from urllib.parse import urlsplit

_PIECE = 1 << 16


class Line:
    """Passes bytes on, both ways. `url` is where the browser finds the server through it."""

    def __init__(self, server_url: str) -> None:
        server = urlsplit(server_url)
        self._server = (server.hostname or "localhost", server.port or 80)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://{self._server[0]}:{self._listener.getsockname()[1]}"
        self.requests: Counter[str] = Counter()
        self._open: set[socket.socket] = set()
        self._is_cut = False
        self._lost: str | None = None
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Ends every connection; whoever tries again is hung up on."""
        self._is_cut = True
        for end in list(self._open):
            _hang_up(end)

    def mend(self) -> None:
        self._is_cut = False

    def lose_answer_to(self, request: str) -> None:
        """The server gets the next request that begins so ("POST /door/declarations"); its answer is lost.

        The line stays cut from then on.
        """
        self._lost = request

    def close(self) -> None:
        self.cut()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                browser, _address = self._listener.accept()
            except OSError:
                return
            if self._is_cut:
                _hang_up(browser)
                continue
            server = socket.create_connection(self._server)
            self._open |= {browser, server}
            call = _Call(self, browser, server)
            threading.Thread(target=call.ask, daemon=True).start()
            threading.Thread(target=call.answer, daemon=True).start()

    def count(self, head: str) -> bool:
        """Note a request; whether its answer is to be lost."""
        self.requests[head] += 1
        if self._lost and head.startswith(self._lost):
            self._lost = None
            return True
        return False


class _Call:
    """One connection of the browser, and the server at its other end."""

    def __init__(self, line: Line, browser: socket.socket, server: socket.socket) -> None:
        self.line, self.browser, self.server = line, browser, server
        self.is_lost = False

    def ask(self) -> None:
        for piece in _pieces(self.browser):
            head, _blank, _rest = piece.partition(b" HTTP/1.1\r\n")
            if len(head) < len(piece) and head.split(b" ")[0] in (b"GET", b"POST"):
                self.is_lost = self.line.count(head.decode())
            _send(self.server, piece)
        _hang_up(self.server)

    def answer(self) -> None:
        for piece in _pieces(self.server):
            if self.is_lost:
                self.line.cut()
                break
            _send(self.browser, piece)
        _hang_up(self.browser)


def _pieces(end: socket.socket):
    try:
        while piece := end.recv(_PIECE):
            yield piece
    except OSError:
        return


def _send(end: socket.socket, piece: bytes) -> None:
    try:
        end.sendall(piece)
    except OSError:
        _hang_up(end)


def _hang_up(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
