"""A small mail server for tests: keeps what it accepted, and fails as it is told."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Session(socketserver.StreamRequestHandler):
    server: "MailServer"

    def handle(self) -> None:
        self._say(220, "ready")
        while line := self.rfile.readline():
            verb = line.strip().upper()
            if verb.startswith(b"QUIT"):
                self._say(221, "bye")
                return
            if verb == b"DATA":
                if not self._take_text():
                    return
            elif verb.startswith(b"RCPT"):
                self._say(self.server.reply_to_recipient(line), "noted")
            else:
                self._say(250, "noted")

    def _take_text(self) -> bool:
        self._say(354, "go on")
        text = b""
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False  # broken off before the full stop: nothing was delivered
            text += line
        self.server.kept.append(text)
        if self.server.silent:
            return False
        self._say(250, "taken")
        return True

    def _say(self, code: int, text: str) -> None:
        self.wfile.write(f"{code} {text}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.kept: list[bytes] = []
        self.silent = False
        self.reply_to_recipient: Callable[[bytes], int] = lambda line: 250

    @property
    def port(self) -> int:
        return self.server_address[1]


@contextmanager
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
