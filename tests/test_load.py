"""Loading: whatever a file or a folder holds, each thing wrong with it is a finding at its place, never a crash."""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pauta.bundled import schema_folder
from pauta.findings import CannotGoOn, Finding, Severity
from pauta.load import Document, Loaded, Path_, load_manual
from pauta.load.guards import DEEPEST_NESTING, LARGEST_FILE, MOST_FINDINGS, decode
from pauta.load.parser import parse
from pauta.spine import read_spine

SECTIONS = tuple(read_spine(schema_folder()).sections)
REFERENCE = Path(__file__).parents[1] / "manual"
NOBODY = 65534


def load(folder: Path) -> Loaded:
    return load_manual(folder, SECTIONS)


def load_file(folder: Path, content: str | bytes, name: str = "roles.yml") -> Loaded:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return load(folder)


def marks(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(finding.rule, str(finding.location)) for finding in findings]


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that cannot be read, and what is said of it: rule, place and source line."""

    content: str | bytes
    rule: str
    line: int
    column: int
    source: str
    says: str = ""


REFUSED = {
    # what the bytes are
    "latin-1": Refused("a: 1\nb: atención\n".encode("latin-1"), "codificacion", 2, 10, "b: atención"),
    "latin-1 after good accents": Refused(
        "b: «sí» ".encode() + "más\r\nc: 2\r\n".encode("latin-1"), "codificacion", 1, 10, "b: «sí» más"
    ),
    "latin-1 after a break of another sort": Refused(
        "a: 1\rb: 2\u2028".encode() + "ñ".encode("latin-1"), "codificacion", 3, 1, "ñ"
    ),
    "utf-16": Refused("a: 1\n".encode("utf-16"), "marca-de-orden", 1, 1, ""),
    "utf-16 without its mark": Refused("roles: []\n".encode("utf-16-le"), "codificacion", 1, 1, ""),
    "utf-32": Refused("a: 1\n".encode("utf-32"), "marca-de-orden", 1, 1, ""),
    "byte order mark": Refused("a: 1\n".encode("utf-8-sig"), "marca-de-orden", 1, 1, ""),
    "half a surrogate": Refused(b"a: \xed\xa0\xbd\n", "codificacion", 1, 4, "a: í\xa0½"),
    "a picture": Refused(b"\x89PNG\r\n\x1a\n\0\0", "codificacion", 1, 1, "·PNG"),
    # what is not text
    "NUL": Refused("a: 1\nb: x\0y\n", "caracter-de-control", 2, 5, "b: x·y", "código 0"),
    "escape sequence": Refused("a: \x1b[31mrojo\n", "caracter-de-control", 1, 4, "a: ·[31mrojo"),
    "control of the upper half": Refused("a: x\x80\n", "caracter-de-control", 1, 5, "a: x·", "código 128"),
    "byte order mark inside": Refused("a: 1\nb: x\ufeff\n", "caracter-de-control", 2, 5, "b: x·"),
    "space of no width in a name": Refused("ro\u200bles: []\n", "caracter-de-control", 1, 3, "ro·les: []"),
    "not a character": Refused("a: \uffff\n", "caracter-de-control", 1, 4, "a: ·"),
    # indentation
    "tab": Refused("a:\n\tb: 1\n", "tabulador", 2, 1, " b: 1"),
    "tab after spaces": Refused("a:\n  \tb: 1\n", "tabulador", 2, 3, "   b: 1"),
    "tab after an old Mac break": Refused("a:\r\tb: 1", "tabulador", 2, 1, " b: 1"),
    # nothing, or too much
    "no bytes": Refused("", "archivo-vacio", 1, 1, ""),
    "only blank lines": Refused("\n   \n\n", "archivo-vacio", 1, 1, ""),
    "only comments": Refused("# pendiente\n# de escribir\n", "archivo-vacio", 1, 1, ""),
    "only a mark of beginning": Refused("---\n", "archivo-vacio", 1, 1, ""),
    "one byte too many": Refused("a: 1 #".ljust(LARGEST_FILE + 1, "x"), "archivo-demasiado-grande", 1, 1, ""),
    # marks that YAML would resolve
    "anchor": Refused("a: &x 1\n", "marca-de-yaml", 1, 4, "a: &x 1", "(&nombre)"),
    "anchor on a list": Refused("a: &x\n  - 1\n", "marca-de-yaml", 1, 4, "a: &x", "(&nombre)"),
    "anchor beside a quoted name": Refused('{"a":&x 1}\n', "marca-de-yaml", 1, 6, '{"a":&x 1}', "(&nombre)"),
    "alias": Refused("a: *x\n", "marca-de-yaml", 1, 4, "a: *x", "(*nombre)"),
    "alias beside a quoted name": Refused('{"a":*x }\n', "marca-de-yaml", 1, 6, '{"a":*x }', "(*nombre)"),
    "merge": Refused("a: 1\n<<: *x\n", "marca-de-yaml", 2, 5, "<<: *x", "(*nombre)"),
    "tag": Refused("a: !ruby/object:X 1\n", "marca-de-yaml", 1, 4, "a: !ruby/object:X 1", "(!tipo)"),
    "tag of YAML": Refused("a: !!python/none\n", "marca-de-yaml", 1, 4, "a: !!python/none", "(!tipo)"),
    "tag with no name": Refused("a: ! 12\n", "marca-de-yaml", 1, 4, "a: ! 12", "(!tipo)"),
    "tag of a map": Refused("a: !x\n  b: 1\n", "marca-de-yaml", 1, 4, "a: !x", "(!tipo)"),
    "version directive": Refused("%YAML 1.1\n---\na: no\n", "marca-de-yaml", 1, 1, "%YAML 1.1", "directiva"),
    "directive with a tab": Refused("%YAML\t1.1\n---\na: no\n", "marca-de-yaml", 1, 1, "%YAML\t1.1", "directiva"),
    "tag directive": Refused("%TAG ! tag:x,2000:\n---\na: 1\n", "marca-de-yaml", 1, 1, "%TAG ! tag:x,2000:"),
    # shape
    "second document": Refused("a: 1\n---\nb: 2\n", "varios-documentos", 2, 1, "---"),
    "second document after an end": Refused("a: 1\n...\nb: 2\n", "yaml-mal-escrito", 3, 1, "b: 2", "segundo documento"),
    "field twice": Refused("a: 1\nb: 2\na: 3\n", "clave-repetida", 3, 1, "a: 3", "«a» ya está en el renglón 1"),
    "field twice, once quoted": Refused('a: 1\n"a": 2\n', "clave-repetida", 2, 1, '"a": 2'),
    "field twice in an element": Refused("- a: 1\n  a: 2\n", "clave-repetida", 2, 3, "  a: 2", "renglón 1"),
    "a list as a name": Refused("? [x]\n: 1\n", "clave-no-valida", 1, 3, "? [x]"),
    "a map as a name": Refused("a: {{ cliente }}\n", "clave-no-valida", 1, 5, "a: {{ cliente }}"),
    # depth: the C parser would crash the process or take minutes
    "100,000 brackets": Refused("[" * 100_000, "anidamiento-excesivo", 1, DEEPEST_NESTING, "[" * 100_000),
    "30,000 dashes on a line": Refused("- " * 30_000, "anidamiento-excesivo", 1, 2 * DEEPEST_NESTING - 1, "- " * 30_000),
    "50,000 braces": Refused("{a: " * 50_000, "anidamiento-excesivo", 1, 4 * DEEPEST_NESTING - 3, "{a: " * 50_000),
    "1,000 maps by indentation": Refused(
        "".join(" " * i + "a:\n" for i in range(1000)), "anidamiento-excesivo", DEEPEST_NESTING, DEEPEST_NESTING,
        " " * (DEEPEST_NESTING - 1) + "a:",
    ),
    "a mark beyond 100,000 brackets": Refused(
        "[" * 100_000 + " &x 1", "anidamiento-excesivo", 1, DEEPEST_NESTING, "[" * 100_000 + " &x 1"
    ),
    # syntax, each told in words of its own
    "two colons": Refused("a: b: c\n", "yaml-mal-escrito", 1, 5, "a: b: c", "dos puntos"),
    "colon missing": Refused("a: 1\nb\nc: 2\n", "yaml-mal-escrito", 2, 1, "b", "sin sus dos puntos"),
    "text that goes on at the margin": Refused("a: b\n c\nd\n", "yaml-mal-escrito", 3, 1, "d", "sin sus dos puntos"),
    "double quotes left open": Refused('a: "x\nb: 2\n', "yaml-mal-escrito", 1, 4, 'a: "x', "comillas que no se cierran"),
    "single quotes left open": Refused("a: 'x\nb: 2\n", "yaml-mal-escrito", 1, 4, "a: 'x", "comillas que no se cierran"),
    "quotes left open before an end": Refused('a: "x\n---\n"\n', "yaml-mal-escrito", 1, 4, 'a: "x', "no se cierran"),
    "text after quotes": Refused('a: "b"c\n', "yaml-mal-escrito", 1, 7, 'a: "b"c', "no calza"),
    "bracket left open": Refused("a: [1, 2\nb: 3\nc: 4\n", "yaml-mal-escrito", 1, 4, "a: [1, 2", "cerrar un corchete"),
    "brace left open": Refused("a: {b: 1", "yaml-mal-escrito", 1, 4, "a: {b: 1", "cerrar un corchete o una llave"),
    "comma missing": Refused("a: {b: c: d}\n", "yaml-mal-escrito", 1, 9, "a: {b: c: d}", "Falta una coma"),
    "value missing between commas": Refused("a: [1,,2]\n", "yaml-mal-escrito", 1, 7, "a: [1,,2]", "Falta un valor"),
    "indentation that does not fit": Refused("a:\n  b: 1\n c: 2\n", "yaml-mal-escrito", 3, 2, " c: 2", "no calza"),
    "field among elements": Refused("a:\n  - b\n  c: 1\n", "yaml-mal-escrito", 3, 3, "  c: 1", "no calza con la lista"),
    "list on the line of its field": Refused("a: - b\n", "yaml-mal-escrito", 1, 4, "a: - b", "empezar una lista"),
    "at sign": Refused("a: @taller\n", "yaml-mal-escrito", 1, 4, "a: @taller", "no puede empezar con este signo"),
    "percent sign": Refused("a: %5\n", "yaml-mal-escrito", 1, 4, "a: %5", "no puede empezar con este signo"),
    "asterisks": Refused("a: **ojo** x\n", "yaml-mal-escrito", 1, 5, "a: **ojo** x", "«*»"),
    "question mark": Refused("a: ? b\n", "yaml-mal-escrito", 1, 4, "a: ? b", "«?»"),
    "half a tag": Refused("a: !<\n", "yaml-mal-escrito", 1, 6, "a: !<", "«!»"),
    "unknown directive": Refused("%DOC x\n---\na: 1\n", "yaml-mal-escrito", 1, 5, "%DOC x", "«%»"),
    "backslash": Refused('a: "C:\\manual"\n', "yaml-mal-escrito", 1, 7, 'a: "C:\\manual"', "barra invertida"),
    "half an emoji": Refused('a: "\\ud83d"\n', "yaml-mal-escrito", 1, 7, 'a: "\\ud83d"', "no forma un carácter"),
    "text beside a bar": Refused("a: | b\n", "yaml-mal-escrito", 1, 6, "a: | b", "signo | o >"),
    "nought beside a bar": Refused("a: |0\n  b\n", "yaml-mal-escrito", 1, 5, "a: |0", "un cero"),
    "end of nothing": Refused("...\n", "yaml-mal-escrito", 1, 1, "..."),
}  # fmt: skip


class TestAFileThatCannotBeRead:
    @pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
    def test_is_told_once_at_its_place(self, tmp_path: Path, case: Refused) -> None:
        found = load_file(tmp_path, case.content).findings
        assert marks(found) == [(case.rule, f"manual/roles.yml:{case.line}:{case.column}")]
        assert found[0].location.source == case.source
        assert case.says in found[0].message
        assert found[0].severity is Severity.ERROR
        assert found[0].mend

    @pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
    def test_leaves_its_section_damaged_and_present(self, tmp_path: Path, case: Refused) -> None:
        loaded = load_file(tmp_path, case.content)
        assert loaded.damaged == loaded.present == {"roles"}

    def test_does_not_keep_the_others_from_being_read(self, tmp_path: Path) -> None:
        (tmp_path / "canales.yml").write_text("canales: []\n", "utf-8")
        loaded = load_file(tmp_path, "a: [")
        assert loaded.documents["canales"][0].value == {"canales": []}
        assert loaded.damaged == {"roles"}

    def test_of_50_mb_is_not_read_whole(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        seen: list[int] = []

        def spy(path: str, data: bytes) -> str | Finding:
            seen.append(len(data))
            return decode(path, data)

        monkeypatch.setattr("pauta.load.folder.decode", spy)
        with (tmp_path / "roles.yml").open("wb") as file:
            file.truncate(50_000_000)
        assert marks(load(tmp_path).findings) == [("archivo-demasiado-grande", "manual/roles.yml:1:1")]
        assert seen == [LARGEST_FILE + 1]

    def test_of_the_largest_size_is_read(self, tmp_path: Path) -> None:
        assert load_file(tmp_path, "a: 1 #".ljust(LARGEST_FILE, "x")).findings == ()


class TestAllAtOnce:
    def test_every_repeated_field(self, tmp_path: Path) -> None:
        found = load_file(tmp_path, "a: 1\na: 2\nb:\n  c: 1\n  c: 2\n  c: 3\n").findings
        assert marks(found) == [("clave-repetida", f"manual/roles.yml:{place}") for place in ("2:1", "5:3", "6:3")]

    def test_every_mark(self, tmp_path: Path) -> None:
        found = load_file(tmp_path, "%YAML 1.1\n---\na: &x [*x]\nb: !t &y {<<: *x}\n").findings
        places = ("1:1", "3:4", "3:8", "4:4", "4:15")
        assert marks(found) == [("marca-de-yaml", f"manual/roles.yml:{place}") for place in places]

    def test_every_line_with_a_tab_or_a_control(self, tmp_path: Path) -> None:
        found = load_file(tmp_path, "a:\n\tb: \x07\n\tc: 1\n").findings
        assert [(f.rule, f.location.line) for f in found] == [
            ("caracter-de-control", 2), ("tabulador", 2), ("tabulador", 3),
        ]  # fmt: skip

    @pytest.mark.parametrize("line", ["a: 1\n", "- &x 1\n", "\x07\n", "\t\n", "? [a]\n: 1\n"])
    def test_but_a_file_of_nothing_else_does_not_drown_the_rest(self, tmp_path: Path, line: str) -> None:
        assert len(load_file(tmp_path, line * 20_000).findings) == MOST_FINDINGS

    def test_what_stands_beside_a_mistake_in_a_name_is_kept(self, tmp_path: Path) -> None:
        loaded = load_file(tmp_path, "a: 1\na: 2\n? [x]\n: 1\nb: 3\n")
        (document,) = loaded.documents["roles"]
        assert document.value == {"a": 1, "b": 3}
        assert str(document.locate(("b",))) == "manual/roles.yml:5:4"


READ = {
    "Windows line ends": ("a: 1\r\nb:\r\n  - c\r\n", {"a": 1, "b": ["c"]}),
    "old Mac line ends": ("a: 1\rb: 2\r", {"a": 1, "b": 2}),
    "next-line line ends": ("a: 1\x85b: 2\x85", {"a": 1, "b": 2}),
    "line separators": ("a: 1\u2028b: 2\u2029c: 3", {"a": 1, "b": 2, "c": 3}),
    "no line end at the end": ("a: b", {"a": "b"}),
    "a mark of beginning and of end": ("---\na: 1\n...\n", {"a": 1}),
    "words that YAML 1.1 takes for truth": ("[no, yes, on, off, y, n, Sí, No]", ["no", "yes", "on", "off", "y", "n", "Sí", "No"]),
    "truth": ("[true, True, FALSE]", [True, True, False]),
    "nothing": ("[~, null, Null, ]", [None, None, None]),
    "nothing after the colon": ("a:\nb: ''\n", {"a": None, "b": ""}),
    "hours": ("[10:30, 08:00-12:00, 24:00]", ["10:30", "08:00-12:00", "24:00"]),
    "dates": ("[2026-03-09, 2026-03-09T10:00:00Z]", ["2026-03-09", "2026-03-09T10:00:00Z"]),
    "leading noughts": ("[012, 08, -007]", [12, 8, -7]),
    "other bases": ("[0o17, 0x1F, 0b1]", [15, 31, "0b1"]),
    "decimals": ("[1.5, .5, 1., 1e3, -0.25]", [1.5, 0.5, 1.0, 1000.0, -0.25]),
    "not finite": ("[.inf, -.Inf, .nan, 1e999, inf]", [".inf", "-.Inf", ".nan", "1e999", "inf"]),
    "thousands": ("[1_000, '1,000', 1.000.000]", ["1_000", "1,000", "1.000.000"]),
    "numbers longer than any quantity": ("a: " + "9" * 41, {"a": "9" * 41}),
    "numbers that no calculation can hold": ("a: " + "9" * 5000, {"a": "9" * 5000}),
    "digits of other scripts": ("[１２, ٣]", ["１２", "٣"]),
    "numbers in quotes": ("['12', \"3\"]", ["12", "3"]),
    "units": ("[350 GTQ, 80 %, 4 horas hábiles, +502 7700 0100]", ["350 GTQ", "80 %", "4 horas hábiles", "+502 7700 0100"]),
    "signs": ("a: ¡Hola! ¿Qué tal? «bien» — sí…", {"a": "¡Hola! ¿Qué tal? «bien» — sí…"}),
    "signs that only look like marks": (
        "a: Luz & Sombra\nb: 5*3\nc: bien !\nd: 'a: &b *c !d'\ne: 80 % y más\n",
        {"a": "Luz & Sombra", "b": "5*3", "c": "bien !", "d": "a: &b *c !d", "e": "80 % y más"},
    ),
    "emoji": ("a: 😀\nb: 👩🏽‍🔧 lista\n", {"a": "😀", "b": "👩🏽‍🔧 lista"}),
    "emoji by its code": ('a: "\\U0001F600"', {"a": "😀"}),
    "a tab inside a line": ("a: x\ty\n", {"a": "x\ty"}),
    "accents made of two characters": ("a: cafe\u0301", {"a": "cafe\u0301"}),
    "names that are numbers, truth or nothing": ("1: a\ntrue: b\nnull: c\n'': d\n", {"1": "a", "true": "b", "null": "c", "": "d"}),
    "a merge written out": ("<<: {a: 1}", {"<<": {"a": 1}}),
    "paragraphs": ("a: |\n  uno\n\n  dos\n", {"a": "uno\n\ndos\n"}),
    "a folded text": ("a: >-\n  uno\n  dos\n\n  tres\n", {"a": "uno dos\ntres"}),
    "a list where a map is due": ("- a\n- b\n", ["a", "b"]),
    "a word where a map is due": ("hola", "hola"),
    "as deep as it may be": ("[" * (DEEPEST_NESTING - 1) + "1" + "]" * (DEEPEST_NESTING - 1), None),
}  # fmt: skip


class TestAFileThatIsFine:
    @pytest.mark.parametrize(("content", "value"), READ.values(), ids=READ)
    def test_is_read_as_it_is_written(self, tmp_path: Path, content: str, value: object) -> None:
        loaded = load_file(tmp_path, content)
        assert loaded.findings == ()
        (document,) = loaded.documents["roles"]
        if value is not None:
            assert document.value == value
            assert repr(document.value) == repr(value), "1 is not true, and 1.0 is not 1"

    def test_lines_are_counted_alike_whatever_ends_them(self, tmp_path: Path) -> None:
        for end in ("\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"):
            (document,) = load_file(tmp_path, end.join(["a: 1", "b: 2", "c: x"])).documents["roles"]
            place = document.locate(("c",))
            assert (place.line, place.column, place.source) == (3, 4, "c: x"), ascii(end)

    def test_a_null_character_by_its_code_does_not_move_any_place(self, tmp_path: Path) -> None:
        (document,) = load_file(tmp_path, '"\\0key":\n  - 1\nb: 2\n').documents["roles"]
        assert str(document.locate(("b",))) == "manual/roles.yml:3:4"

    def test_columns_count_characters(self, tmp_path: Path) -> None:
        (document,) = load_file(tmp_path, "😀ñ: [é, x]").documents["roles"]
        assert document.locate(("😀ñ", 1)).column == 9


class TestPlaces:
    @pytest.fixture
    def document(self, tmp_path: Path) -> Document:
        text = "roles:\n  - id: jefe\n    funciones:\n      - Ordenar\n  - id: asesor\n"
        return load_file(tmp_path, text).documents["roles"][0]

    @pytest.mark.parametrize(
        ("path", "place"),
        [
            ((), "1:1"),
            (("roles",), "2:3"),
            (("roles", 0), "2:5"),
            (("roles", 0, "id"), "2:9"),
            (("roles", 0, "funciones", 0), "4:9"),
            (("roles", 1, "id"), "5:9"),
        ],
    )
    def test_of_a_value(self, document: Document, path: Path_, place: str) -> None:
        assert str(document.locate(path)) == f"manual/roles.yml:{place}"

    def test_of_the_name_of_a_field(self, document: Document) -> None:
        assert str(document.locate(("roles", 0, "funciones"), key=True)) == "manual/roles.yml:3:5"

    @pytest.mark.parametrize("path", [("roles", 0, "nombre"), ("roles", 0, "nombre", 3, "x")])
    def test_of_what_is_absent_is_that_of_what_should_hold_it(self, document: Document, path: Path_) -> None:
        assert str(document.locate(path, key=True)) == "manual/roles.yml:2:5"

    def test_in_reading_order(self, document: Document) -> None:
        order = [(line, column) for _, line, column in document.in_reading_order()]
        assert order == sorted(order)
        assert len(order) == 8


class TestTheFolder:
    def test_that_is_not_there_stops_the_program(self, tmp_path: Path) -> None:
        with pytest.raises(CannotGoOn, match="No encuentro la carpeta «manual»") as problem:
            load(tmp_path / "manual")
        assert "pauta init" in problem.value.tip

    def test_that_is_a_file_stops_the_program(self, tmp_path: Path) -> None:
        (tmp_path / "manual").write_text("a: 1")
        with pytest.raises(CannotGoOn):
            load(tmp_path / "manual")

    def test_may_be_empty(self, tmp_path: Path) -> None:
        assert load(tmp_path) == Loaded()

    def test_may_hold_what_is_not_for_the_program(self, tmp_path: Path) -> None:
        for name in (".gitkeep", ".roles.yml.swp", "README.md", "LEEME.md", "oferta/README.md"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text("hola")
        assert load_file(tmp_path, "ofertas: []", "oferta/a.yml").findings == ()

    @pytest.mark.parametrize("name", ["notas.txt", "roles.yml~", "roles.yml.bak", "roles", "foto.png"])
    def test_says_which_files_it_does_not_read(self, tmp_path: Path, name: str) -> None:
        (found,) = load_file(tmp_path, "a: 1", name).findings
        assert (found.rule, str(found.location)) == ("archivo-ignorado", f"manual/{name}:1:1")
        assert found.severity is Severity.WARNING

    def test_a_file_it_does_not_read_leaves_the_section_sound(self, tmp_path: Path) -> None:
        (tmp_path / "oferta").mkdir()
        (tmp_path / "oferta" / "notas.txt").write_text("x")
        loaded = load_file(tmp_path, "ofertas: []", "oferta/a.yml")
        assert marks(loaded.findings) == [("archivo-ignorado", "manual/oferta/notas.txt:1:1")]
        assert loaded.damaged == frozenset()

    @pytest.mark.parametrize(
        ("name", "guess"),
        [
            ("ofertas.yml", "Cambie el nombre del archivo a «oferta.yml»."),
            ("Oferta.yml", "Cambie el nombre del archivo a «oferta.yml»."),
            ("comunicación.yml", "Cambie el nombre del archivo a «comunicacion.yml»."),
            ("comunicacio\u0301n.yml", "Cambie el nombre del archivo a «comunicacion.yml»."),
            ("quejas/a.yml", ""),
            ("qejas/a.yml", "Cambie el nombre de la carpeta a «quejas»."),
            ("oferta.yml/a.yml", "Cambie el nombre de la carpeta a «oferta»."),
            ("zapatos.yml", "Los nombres que valen son: alianzas, ans, "),
        ],
    )
    def test_an_unknown_section_is_told_with_the_nearest_name(self, tmp_path: Path, name: str, guess: str) -> None:
        found = load_file(tmp_path, "a: 1", name).findings
        entry = name.partition("/")[0]
        assert marks(found) == ([("seccion-desconocida", f"manual/{entry}:1:1")] if guess else [])
        assert all(guess in each.mend for each in found)

    def test_yaml_beside_yml_is_told_and_not_read(self, tmp_path: Path) -> None:
        load_file(tmp_path, "a: 1", "roles.yml")
        loaded = load_file(tmp_path, "b: 2", "roles.yaml")
        assert marks(loaded.findings) == [("extension-distinta", "manual/roles.yaml:1:1")]
        assert "«roles.yml»" in loaded.findings[0].mend
        assert [document.value for document in loaded.documents["roles"]] == [{"a": 1}]
        assert loaded.damaged == {"roles"}

    @pytest.mark.parametrize("name", ["roles.YML", "roles.Yaml", "oferta/a.yaml"])
    def test_other_endings_are_told(self, tmp_path: Path, name: str) -> None:
        assert marks(load_file(tmp_path, "a: 1", name).findings) == [("extension-distinta", f"manual/{name}:1:1")]

    def test_a_section_as_file_and_as_folder_is_told_once(self, tmp_path: Path) -> None:
        load_file(tmp_path, "ofertas: [1]", "oferta.yml")
        loaded = load_file(tmp_path, "ofertas: [2]", "oferta/a.yml")
        assert marks(loaded.findings) == [("seccion-doble", "manual/oferta.yml:1:1")]
        assert [document.path for document in loaded.documents["oferta"]] == ["manual/oferta/a.yml"]
        assert loaded.damaged == {"oferta"}

    def test_a_folder_in_a_sections_folder_is_told(self, tmp_path: Path) -> None:
        load_file(tmp_path, "ofertas: [1]", "oferta/a.yml")
        loaded = load_file(tmp_path, "ofertas: [2]", "oferta/viejas/b.yml")
        assert marks(loaded.findings) == [("carpeta-de-mas", "manual/oferta/viejas:1:1")]
        assert loaded.damaged == {"oferta"}

    @pytest.mark.parametrize("beside", ["README.md", "notas.txt", ".gitkeep"])
    def test_a_sections_folder_without_policies_is_told(self, tmp_path: Path, beside: str) -> None:
        loaded = load_file(tmp_path, "hola", f"oferta/{beside}")
        assert ("carpeta-vacia", "manual/oferta:1:1") in marks(loaded.findings)
        assert loaded.damaged == loaded.present == {"oferta"}

    def test_the_files_of_a_folder_are_read_in_order_of_name(self, tmp_path: Path) -> None:
        for name in ("c", "a", "B"):
            load_file(tmp_path, f"ofertas: [{name}]", f"oferta/{name}.yml")
        loaded = load(tmp_path)
        assert [document.path for document in loaded.documents["oferta"]] == [
            "manual/oferta/B.yml", "manual/oferta/a.yml", "manual/oferta/c.yml",
        ]  # fmt: skip
        assert loaded.split == {"oferta"}

    def test_a_name_that_is_not_utf_8_can_be_told(self, tmp_path: Path) -> None:
        name = os.fsdecode(b"\xf1o\x1b[31m\n.yml")
        try:
            (tmp_path / name).write_text("a: 1")
        except OSError:
            pytest.skip("this file system refuses such a name")
        (found,) = load(tmp_path).findings
        assert (found.rule, found.location.path) == ("seccion-desconocida", "manual/�o�[31m�.yml")
        assert (found.message + found.mend + str(found.location)).isprintable()

    def test_a_name_that_is_not_utf_8_in_a_sections_folder_is_read(self, tmp_path: Path) -> None:
        (tmp_path / "oferta").mkdir()
        try:
            (tmp_path / "oferta" / os.fsdecode(b"\xf1.yml")).write_text("ofertas: []")
        except OSError:
            pytest.skip("this file system refuses such a name")
        loaded = load(tmp_path)
        assert loaded.findings == ()
        assert loaded.documents["oferta"][0].locate().path == "manual/oferta/�.yml"


class TestWhatIsNotAPlainFile:
    def told(self, folder: Path, rule: str, name: str = "roles.yml") -> None:
        loaded = load(folder)
        assert marks(loaded.findings) == [(rule, f"manual/{name}:1:1")]
        assert loaded.findings[0].mend
        assert loaded.documents == {}
        assert loaded.damaged == {name.partition("/")[0].removesuffix(".yml")}

    def test_a_pipe(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "roles.yml")
        self.told(tmp_path, "archivo-ilegible")

    def test_a_broken_link(self, tmp_path: Path) -> None:
        (tmp_path / "roles.yml").symlink_to("no-esta.yml")
        self.told(tmp_path, "archivo-ilegible")

    def test_a_loop_of_links(self, tmp_path: Path) -> None:
        (tmp_path / "roles.yml").symlink_to("roles.yml")
        self.told(tmp_path, "archivo-ilegible")

    @pytest.mark.parametrize("target", ["secreto.yml", "../fuera/secreto.yml", "/dev/zero"])
    def test_a_link_out_of_the_folder(self, tmp_path: Path, target: str) -> None:
        (tmp_path / "fuera").mkdir()
        for place in ("secreto.yml", "fuera/secreto.yml"):
            (tmp_path / place).write_text("roles: []")
        manual = tmp_path / "manual"
        manual.mkdir()
        (manual / "roles.yml").symlink_to(target if target.startswith(("/", ".")) else tmp_path / target)
        self.told(manual, "enlace-externo")

    def test_a_link_out_from_a_sections_folder(self, tmp_path: Path) -> None:
        (tmp_path / "secreto.yml").write_text("ofertas: []")
        (tmp_path / "manual" / "oferta").mkdir(parents=True)
        (tmp_path / "manual" / "oferta" / "a.yml").symlink_to("../../secreto.yml")
        self.told(tmp_path / "manual", "enlace-externo", "oferta/a.yml")

    @pytest.mark.parametrize("target", ["otra", "."])
    def test_a_link_in_place_of_a_sections_folder(self, tmp_path: Path, target: str) -> None:
        (tmp_path / "otra").mkdir()
        (tmp_path / "otra" / "a.yml").write_text("ofertas: []")
        manual = tmp_path / "manual"
        manual.mkdir()
        (manual / "oferta").symlink_to(manual if target == "." else tmp_path / target)
        self.told(manual, "enlace-a-carpeta", "oferta")

    def test_a_link_within_the_folder_is_fine(self, tmp_path: Path) -> None:
        (tmp_path / ".comun.yml").write_text("roles: []")
        (tmp_path / "roles.yml").symlink_to(".comun.yml")
        assert load(tmp_path).documents["roles"][0].value == {"roles": []}

    def test_a_folder_that_is_itself_a_link_is_fine(self, tmp_path: Path) -> None:
        (tmp_path / "real").mkdir()
        (tmp_path / "real" / "roles.yml").write_text("roles: []")
        (tmp_path / "manual").symlink_to("real")
        assert load(tmp_path / "manual").findings == ()


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder of a user whom permissions hold, which they do not hold root."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if os.geteuid() != 0:
            yield folder
            return
        os.chown(folder, NOBODY, NOBODY)
        os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            os.seteuid(0)


class TestWithoutPermission:
    def test_to_read_a_file(self, unprivileged: Path) -> None:
        file = unprivileged / "roles.yml"
        file.write_text("roles: []")
        file.chmod(0)
        (found,) = load(unprivileged).findings
        assert (found.rule, str(found.location)) == ("archivo-ilegible", "manual/roles.yml:1:1")
        assert "permiso denegado" in found.message

    @pytest.mark.parametrize("mode", [0, 0o444])
    def test_to_open_a_sections_folder(self, unprivileged: Path, mode: int) -> None:
        load_file(unprivileged, "ofertas: []", "oferta/a.yml")
        (unprivileged / "oferta").chmod(mode)
        try:
            loaded = load(unprivileged)
        finally:
            (unprivileged / "oferta").chmod(0o700)
        assert {finding.rule for finding in loaded.findings} == {"archivo-ilegible"}
        assert loaded.damaged == {"oferta"}

    def test_to_open_the_manual(self, unprivileged: Path) -> None:
        manual = unprivileged / "manual"
        manual.mkdir()
        manual.chmod(0)
        with pytest.raises(CannotGoOn, match="No se puede leer la carpeta"):
            load(manual)

    def test_to_look_at_what_the_manual_holds(self, unprivileged: Path) -> None:
        manual = unprivileged / "manual"
        load_file(manual, "roles: []")
        manual.chmod(0o444)
        try:
            loaded = load(manual)
        finally:
            manual.chmod(0o700)
        assert marks(loaded.findings) == [("archivo-ilegible", "manual/roles.yml:1:1")]


# Whatever the bytes are. Nothing here states what the answer is, only that there is one, and that it is in order.

SAMPLE = (REFERENCE / "alianzas.yml").read_text("utf-8")[:1500]
MARKS = st.sampled_from(
    ["\t", "\0", "\x85", "\u2028", "\ufeff", "&a ", "*a", "!t ", "<<: ", "%YAML 1.1", "---", "...", "- ", ": ", "? ", "[", "]",
     "{", "}", '"', "'", "|", ">", "#", ",", "\r", "\n", "  ", "😀", "\\", "@", "`", "=", "~", "a: 1\n", "- - ", "? [a]\n"]
)  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """A policy with pieces cut out, doubled, or put in."""
    text = SAMPLE
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.integers(0, 40))
        text = text[:start] + draw(MARKS | st.text(max_size=3) | st.just(text[start:end] * 2)) + text[end:]
    return text


def answer(data: bytes) -> tuple[Document | None, list[Finding]]:
    text = decode("manual/roles.yml", data)
    return (None, [text]) if isinstance(text, Finding) else parse("manual/roles.yml", text)


class TestAnyBytes:
    @settings(derandomize=True, max_examples=300, deadline=None)
    @given(st.binary(max_size=200) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
    def test_give_a_document_or_a_finding(self, data: bytes) -> None:
        self.holds(data)

    @settings(derandomize=True, max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(spoilt())
    def test_of_a_spoilt_policy_too(self, text: str) -> None:
        self.holds(text.encode("utf-8", "surrogatepass"))

    def holds(self, data: bytes) -> None:
        document, findings = answer(data)
        assert document is not None or findings
        for finding in findings:
            place = finding.location
            assert finding.rule
            assert finding.mend
            assert place.line >= 1
            assert 1 <= place.column <= len(place.source) + 1
        if document is not None:
            order = [(line, column) for _, line, column in document.in_reading_order()]
            assert order == sorted(order)


# Places agree with PyYAML's own.

TEXTS = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=12)
VALUES = st.recursive(
    TEXTS | st.integers(-999, 999) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=15,
)


def own_marks(node: yaml.Node, path: Path_ = ()) -> Iterator[tuple[Path_, yaml.Mark]]:
    """Every value with its mark, from PyYAML's own composer."""
    yield path, node.start_mark
    if isinstance(node, yaml.SequenceNode):
        for position, child in enumerate(node.value):
            yield from own_marks(child, (*path, position))
    elif isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            yield from own_marks(child, (*path, key.value))


class TestPlacesAgreeWithThoseOfPyYAML:
    @settings(derandomize=True, max_examples=200, deadline=None)
    @given(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4), st.booleans())
    def test_on_generated_documents(self, value: object, flow: bool) -> None:  # noqa: FBT001 - drawn
        text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=flow, sort_keys=False, width=40)
        self.agree(text)

    @pytest.mark.parametrize("file", sorted(REFERENCE.rglob("*.yml")), ids=lambda file: file.name)
    def test_on_the_reference_manual(self, file: Path) -> None:
        self.agree(file.read_text("utf-8"))

    def agree(self, text: str) -> None:
        document, findings = parse("x", text)
        assert (document is not None, findings) == (True, []), text
        assert document is not None
        ours = {path: (line, column) for path, line, column in document.in_reading_order()}
        root = yaml.compose(text)
        assert root is not None
        theirs = {path: (mark.line + 1, mark.column + 1) for path, mark in own_marks(root)}
        assert ours == theirs
