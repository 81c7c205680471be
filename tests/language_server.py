"""A small client of the language server of VS Code's YAML extension, as the editor would be."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from requirements import require

SERVER = Path(__file__).parent / "npm" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"

Json = dict[str, Any]

_CAPABILITIES: Json = {
    "workspace": {"configuration": True, "workspaceFolders": True},
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown", "plaintext"]}},
    },
}


class LanguageServer:
    """A running server with a project open. A «@» in a text marks where the cursor is."""

    def __init__(self, process: "subprocess.Popen[bytes]", root: Path) -> None:
        self._process = process
        self._root = root
        self._settings = _sections(json.loads((root / ".vscode" / "settings.json").read_text("utf-8")))
        self._asked = 0
        self._opened = 0
        self._problems: dict[str, list[Json]] = {}
        folder = {"uri": root.as_uri(), "name": root.name}
        self._ask(
            "initialize",
            {
                "processId": None,
                "rootUri": root.as_uri(),
                "locale": "es",
                "workspaceFolders": [folder],
                "capabilities": _CAPABILITIES,
            },
        )
        self._send({"method": "initialized", "params": {}})
        while not _is_about_settings(self._hear()):
            pass  # a file opened before the server has its settings is judged without a schema

    def problems(self, file: str, text: str) -> list[str]:
        """What the editor underlines in a file with this text: line and message of each."""
        with self._open(file, text) as uri:
            while uri not in self._problems:
                self._hear()
            return [f"{found['range']['start']['line'] + 1}: {found['message']}" for found in self._problems[uri]]

    def hover(self, file: str, text: str) -> str:
        """The help that appears over the cursor."""
        answer = self._at_cursor("textDocument/hover", file, text)
        return str(answer["contents"]["value"]) if answer else ""

    def completion(self, file: str, text: str) -> dict[str, Json]:
        """What is offered at the cursor, by label."""
        answer = self._at_cursor("textDocument/completion", file, text)
        return {item["label"]: item for item in answer["items"]} if answer else {}

    def _at_cursor(self, method: str, file: str, text: str) -> Any:
        before, _, after = text.partition("@")
        position = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        with self._open(file, before + after) as uri:
            return self._ask(method, {"textDocument": {"uri": uri}, "position": position})

    @contextmanager
    def _open(self, file: str, text: str) -> Iterator[str]:
        uri = (self._root / file).as_uri()
        self._opened += 1  # the server keeps what it read of a version
        document = {"uri": uri, "languageId": "yaml", "version": self._opened, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        yield uri
        self._problems.pop(uri, None)
        self._send({"method": "textDocument/didClose", "params": {"textDocument": {"uri": uri}}})
        while self._problems.pop(uri, None) is None:
            self._hear()  # the server says of a closed file that it has no problems

    def _ask(self, method: str, params: Json) -> Any:
        self._asked += 1
        number = self._asked
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._hear()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message["error"]
                return message["result"]

    def _send(self, message: Json) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _hear(self) -> Json:
        """Read one message; answer it if it asks for the settings."""
        message = self._read()
        if message.get("method") == "textDocument/publishDiagnostics":
            self._problems[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            asked = message["params"].get("items", ()) if message.get("params") else ()
            self._send({"id": message["id"], "result": [self._settings.get(item["section"]) for item in asked]})
        return message

    def _read(self) -> Json:
        assert self._process.stdout
        length = 0
        while line := self._process.stdout.readline().strip():
            if size := re.fullmatch(rb"Content-Length: (\d+)", line, re.IGNORECASE):
                length = int(size[1])
        assert length, "the language server ended"
        return cast("Json", json.loads(self._process.stdout.read(length)))


def _is_about_settings(message: Json) -> bool:
    return message.get("method") == "workspace/configuration"


def _sections(settings: Json) -> Json:
    """The settings as an editor serves them: «yaml.hover: true» is «hover» of the section «yaml»."""
    served: Json = {"yaml": {"hover": True, "completion": True, "validate": True}, "http": {}, "editor": {}}
    for name, value in settings.items():
        if name.startswith("["):
            served[name] = value
            continue
        here, *path = name.split(".")
        place = served.setdefault(here, {})
        for step in path[:-1]:
            place = place.setdefault(step, {})
        place[path[-1]] = value
    return served


@contextmanager
def language_server(root: Path) -> Iterator[LanguageServer]:
    """A server with the project in ``root`` open; skips the test where there is none to run."""
    node = shutil.which("node")
    require(node, "node is not installed: the tests of the editor's help need it")
    require(SERVER.is_file(), "the language server is not installed: run «npm ci» in tests/npm")
    process = subprocess.Popen(
        [str(node), str(SERVER), "--stdio"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield LanguageServer(process, root)
    finally:
        process.kill()
        process.communicate()
