"""The cache: a check that remembers says what one that reads everything says, whatever happened in between."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from helpers import TODAY, ManualCopy, reference_copy
from pauta.bundled import schema_folder
from pauta.cache import kept, open_cache
from pauta.cli.shared import found_in, report
from pauta.load import parser
from pauta.pipeline import Project, check_project
from pauta.report import FORMATS
from pauta.scaffold import scaffold
from pauta.validate import sections

PAUTA = Path(sys.executable).parent / "pauta"
LATER = date(2027, 12, 1)

Edit = Callable[[ManualCopy], object]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "pauta"


@pytest.fixture
def manual(tmp_path: Path) -> ManualCopy:
    return reference_copy(tmp_path / "proyecto")


@pytest.fixture
def small(tmp_path: Path) -> ManualCopy:
    """The manual of ``pauta init``, with a mistake."""
    scaffold(tmp_path / "pequeño", today=TODAY)
    copy = ManualCopy(tmp_path / "pequeño")
    copy.add("roles.yml", "\nrolex: 1\n")
    return copy


def said(manual: ManualCopy, format_: str = "json", *, remembers: bool = True, today: date = TODAY) -> str:
    """What a check prints."""
    return report(found_in(Project(manual.root, remembers), format_, today=today), format_, color=False)


def cold(manual: ManualCopy, format_: str = "json", *, today: date = TODAY) -> str:
    return said(manual, format_, remembers=False, today=today)


def the_file(home: Path) -> Path:
    (file,) = home.iterdir()
    return file


def own_schema(manual: ManualCopy, longest: int) -> None:
    """A company's own schema in the place of ours, with shorter texts."""
    schema = json.loads((schema_folder() / "alianzas.schema.json").read_text("utf-8"))
    schema["properties"]["alianzas"]["items"]["properties"]["nombre"] = {
        "title": "Nombre", "description": "Cómo se llama.", "type": "string", "minLength": 1, "maxLength": longest,
    }  # fmt: skip
    (manual.root / "schema").mkdir(exist_ok=True)
    (manual.root / "schema" / "alianzas.schema.json").write_text(json.dumps(schema), "utf-8")


def split(manual: ManualCopy) -> None:
    (manual.root / "manual" / "roles").mkdir()
    manual.path("roles.yml").rename(manual.path("roles/todos.yml"))


def reviewers(manual: ManualCopy) -> None:
    manual.root.joinpath("CODEOWNERS").write_text("* @nadie\n", "utf-8")


EDITS: dict[str, Edit] = {
    "a rule of the company's own": lambda m: m.edit("reglas.yml", "este.plazo.dias <= 15", "este.plazo.dias <= 3"),
    "who reviews each file": reviewers,
    "a value that is wrong": lambda m: m.edit(
        "roles.yml", "personas: 1", "personas: muchas", after="id: gestor_quejas"
    ),
    "and put right": lambda m: m.edit("roles.yml", "personas: muchas", "personas: 1"),
    "a reference to nobody": lambda m: m.edit(
        "roles.yml", "escala_a: supervisor_atencion", "escala_a: supervisora", after="id: asesor_atencion"
    ),
    "a file that is no YAML": lambda m: m.add("canales.yml", "\n  - [\n"),
    "a key that is there twice": lambda m: m.add("glosario.yml", "\ncontrol: {}\n"),
    "a line above all, which moves every place": lambda m: m.write(
        "roles.yml", "# una nota\n" + m.path("roles.yml").read_text("utf-8")
    ),
    "a file that is gone": lambda m: m.remove("canales.yml"),
    "a file that is empty": lambda m: m.write("alianzas.yml", ""),
    "a file with no place in a manual": lambda m: m.write("notas.txt", "Nada."),
    "the content of another file": lambda m: shutil.copy(m.path("recursos.yml"), m.path("alianzas.yml")),
    "the file as it was": lambda m: shutil.copy(Path(__file__).parents[1] / "manual" / "alianzas.yml", m.path("")),
    "a section as a folder": split,
    "a schema of the company's own": lambda m: own_schema(m, 5),
    "which then asks for less": lambda m: own_schema(m, 200),
}


class TestWhatIsRemembered:
    def test_never_changes_what_is_said(self, manual: ManualCopy) -> None:
        before = said(manual)
        for name, edit in EDITS.items():
            edit(manual)
            asked, again = (found_in(Project(manual.root, remembers=True), "json", today=TODAY) for _ in range(2))
            with_rules = check_project(Project(manual.root, remembers=True), today=TODAY)
            read = check_project(Project(manual.root), today=TODAY)
            for format_ in FORMATS:
                right = report(read, format_, color=False)
                assert report(with_rules, format_, color=False) == right, f"{name}, in {format_}"
                if format_ != "sarif":  # which needs the manual
                    assert report(asked, format_, color=False) == right, f"{name}, in {format_}"
                    assert report(again, format_, color=False) == right, f"{name}, in {format_}, asked again"
            after = report(read, "json", color=False)
            assert after != before, f"{name} changes nothing that is said, so that it shows nothing here"
            before = after

    @pytest.mark.parametrize("format_", FORMATS)
    def test_is_said_in_every_format(self, small: ManualCopy, format_: str) -> None:
        assert said(small, format_) == said(small, format_) == cold(small, format_)

    def test_does_not_outlive_its_day(self, manual: ManualCopy) -> None:
        days = [TODAY, LATER, TODAY, TODAY + timedelta(days=1)]
        told = [said(manual, today=day) for day in days]
        assert told == [cold(manual, today=day) for day in days]
        assert told[0] != told[1]

    def test_is_of_one_project(self, manual: ManualCopy, tmp_path: Path) -> None:
        other = reference_copy(tmp_path / "otro")
        other.remove("canales.yml")
        assert said(manual) != said(other)
        assert (said(manual), said(other)) == (cold(manual), cold(other))

    def test_gives_the_manual_whole(self, manual: ManualCopy) -> None:
        said(manual)
        remembered = check_project(Project(manual.root, remembers=True), today=TODAY).loaded.documents
        read = check_project(Project(manual.root), today=TODAY).loaded.documents
        for section, documents in read.items():
            for one, other in zip(documents, remembered[section], strict=True):
                assert repr(one.value) == repr(other.value)  # which tells 1 from 1.0 and from true
                assert list(one.in_reading_order()) == list(other.in_reading_order())
                assert one.text == other.text

    def test_is_not_what_a_package_found(self, manual: ManualCopy, tmp_path: Path) -> None:
        manual.edit("manual.yml", "\nrevision:\n", "\nrevision:\n  paquetes: [reglas-del-gremio]\n")
        assert "paquete-ausente" in said(manual)
        package = tmp_path / "paquetes" / "reglas_del_gremio-1.dist-info"
        package.mkdir(parents=True)
        (package / "METADATA").write_text("Metadata-Version: 2.1\nName: reglas-del-gremio\nVersion: 1\n", "utf-8")
        with pytest.MonkeyPatch.context() as patch:
            patch.syspath_prepend(str(package.parent))
            assert said(manual) == cold(manual)


class TestACheckAfterOneEdit:
    @pytest.fixture
    def read(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """The files that the parser reads."""
        names: list[str] = []
        parse = parser.parse

        def noting(path: str, text: str) -> object:
            names.append(path)
            return parse(path, text)

        monkeypatch.setattr(parser, "parse", noting)
        return names

    @pytest.fixture
    def validated(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """The sections that the validator is made ready for."""
        names: list[str] = []
        gate = sections._gate

        def noting(schemas: dict[str, object]) -> object:
            names.extend(schemas)
            return gate(schemas)

        monkeypatch.setattr(sections, "_gate", noting)
        return names

    def test_reads_and_validates_that_file_alone(
        self, manual: ManualCopy, read: list[str], validated: list[str]
    ) -> None:
        said(manual)
        assert len(read) > 20
        read.clear()
        validated.clear()
        manual.add("canales.yml", "# nada\n")
        said(manual)
        assert (read, validated) == (["manual/canales.yml"], ["canales"])

    def test_a_file_with_a_mistake_is_read_once_and_validated_always(
        self, manual: ManualCopy, read: list[str], validated: list[str]
    ) -> None:
        manual.edit("roles.yml", "personas: 1", "personas: muchas", after="id: gestor_quejas")
        said(manual)
        read.clear()
        validated.clear()
        manual.add("canales.yml", "# nada\n")
        assert "personas" in said(manual)
        assert (read, set(validated)) == (["manual/canales.yml"], {"canales", "roles"})

    def test_of_another_program_reads_all(
        self, manual: ManualCopy, read: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said(manual)
        read.clear()
        monkeypatch.setattr(kept, "program", lambda: "otro")
        assert said(manual) == cold(manual)
        assert len(read) > 2 * 20

    def test_that_changes_nothing_reads_nothing(self, manual: ManualCopy, read: list[str]) -> None:
        first = said(manual)
        read.clear()
        assert (said(manual), read) == (first, [])

    @pytest.mark.usefixtures("home")
    def test_as_a_process_says_the_same_and_writes_nothing_in_the_project(self, manual: ManualCopy) -> None:
        manual.edit("roles.yml", "personas: 1", "personas: muchas", after="id: gestor_quejas")
        before = sorted(manual.root.rglob("*"))
        order = [PAUTA, "check", "--project", manual.root, "--today", TODAY.isoformat()]
        told = [subprocess.run([*order, *more], capture_output=True, check=False) for more in ([], [], ["--no-cache"])]
        assert {(each.returncode, each.stdout, each.stderr) for each in told} == {(1, told[0].stdout, b"")}
        assert sorted(manual.root.rglob("*")) == before

    def test_keeps_nothing_when_it_is_asked_not_to(self, manual: ManualCopy, home: Path) -> None:
        subprocess.run([PAUTA, "check", "--project", manual.root, "--no-cache"], capture_output=True, check=False)
        assert not home.exists()


class TestTheProgram:
    def test_is_another_when_its_code_changes(self, tmp_path: Path) -> None:
        package = tmp_path / "pauta"
        shutil.copytree(Path(kept.__file__).parents[1], package, ignore=shutil.ignore_patterns("__pycache__"))
        asked = [sys.executable, "-c", "from pauta.cache.kept import program; print(program())"]

        def stamp() -> str:
            environment = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
            return subprocess.run(asked, capture_output=True, text=True, check=True, env=environment).stdout

        first = stamp()
        assert stamp() == first
        with (package / "load" / "scalars.py").open("a", encoding="utf-8") as code:
            code.write("\n# a change\n")
        assert stamp() != first


def spoilt(data: bytes) -> Iterator[bytes]:
    """A file of the cache as a stopped machine, another program or a bad disk leave it."""
    yield b""
    yield b"otra cosa"
    yield data[:100]
    yield data[: len(data) // 2]
    yield data[:-1]
    yield data + b"\n"
    yield b"\0" * len(data)
    yield data.replace(b"pauta 1 ", b"pauta 0 ", 1)
    yield data[:-16] + b"f" * 16
    yield data[:-16] + b"0" * 16
    start = int(data[-16:], 16)
    for index in (b"[]", b"{", b'{"a": [1]}', b'{"a": [-1, 2, "x"]}', b'{"a": [0, 99999999999, "x"]}', b"[" * 100_000):
        yield data[:start] + index + data[-16:]
    for where in range(40, len(data), len(data) // 40):
        yield data[:where] + bytes([data[where] ^ 0x01]) + data[where + 1 :]


class TestTheFile:
    def test_may_be_spoilt_anywhere(self, small: ManualCopy, home: Path) -> None:
        right = said(small)
        data = the_file(home).read_bytes()
        for bad in spoilt(data):
            the_file(home).write_bytes(bad)
            assert said(small) == right
            small.add("canales.yml", "#")  # so that the documents are asked for, and not the answer alone
            assert said(small) == right

    def test_is_mended_by_the_next_run(self, small: ManualCopy, home: Path) -> None:
        said(small)
        data = the_file(home).read_bytes()
        the_file(home).write_bytes(data[:500])
        said(small)
        assert the_file(home).read_bytes() == data

    def test_may_go_while_it_is_read(self, small: ManualCopy, home: Path) -> None:
        right = said(small)
        with open_cache(small.root) as cache:
            shutil.rmtree(home)
            cache.keep("algo", b"nuevo")
        assert said(small) == right
        assert the_file(home).suffix == ".pack"

    def test_may_be_a_folder(self, small: ManualCopy, home: Path) -> None:
        right = said(small)
        file = the_file(home)
        file.unlink()
        file.mkdir()
        assert said(small) == right

    @pytest.mark.parametrize("value", ["", "relativa", "/dev/null"])
    def test_may_have_no_place(self, small: ManualCopy, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        monkeypatch.setenv("XDG_CACHE_HOME", value)
        monkeypatch.setenv("HOME", "/dev/null")
        assert said(small) == said(small) == cold(small)

    @pytest.mark.parametrize("step", ["beside", "add", "put"])
    def test_may_be_where_nobody_can_write(
        self, small: ManualCopy, home: Path, monkeypatch: pytest.MonkeyPatch, step: str
    ) -> None:
        said(small)
        before = the_file(home).read_bytes()
        small.add("roles.yml", "# nada\n")

        def refuse(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(kept._Writing, step, refuse)
        assert said(small) == said(small) == cold(small)
        assert the_file(home).read_bytes() == before

    def test_stays_as_it_was_when_a_run_fails(self, small: ManualCopy, home: Path) -> None:
        said(small)
        before = the_file(home).read_bytes()

        def stopped() -> None:
            with open_cache(small.root) as cache:
                cache.keep("algo", b"a medias")
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            stopped()
        assert the_file(home).read_bytes() == before

    def test_holds_only_what_the_last_run_needed(self, small: ManualCopy, home: Path) -> None:
        said(small)
        sizes = []
        for turn in range(5):
            small.add("roles.yml", f"# {turn}\n")
            said(small)
            sizes.append(the_file(home).stat().st_size)
        assert max(sizes) - min(sizes) < 2_000

    def test_of_long_ago_goes(self, small: ManualCopy, home: Path) -> None:
        home.mkdir(parents=True)
        for name, age in {"vieja.pack": 31 * 24 * 3600, "a-medias.part": 2 * 3600, "reciente.pack": 3600}.items():
            (home / name).write_bytes(b"algo")
            then = (home / name).stat().st_mtime - age
            os.utime(home / name, (then, then))
        (home / "ajeno.txt").write_text("de otro")
        said(small)
        assert {path.name for path in home.iterdir() if path.stat().st_size < 100} == {"reciente.pack", "ajeno.txt"}

    def test_gives_way_when_all_are_too_large(
        self, small: ManualCopy, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(kept, "LARGEST", 1000)
        home.mkdir(parents=True)
        (home / "otra.pack").write_bytes(b"x" * 900)
        assert said(small) == said(small) == cold(small)
        assert sum(path.stat().st_size for path in home.iterdir()) <= 1000


class TestTwoRunsAtOnce:
    def test_say_what_each_would_alone(self, small: ManualCopy, home: Path) -> None:
        order = [PAUTA, "check", "--format", "json", "--project", small.root, "--today"]
        days = [TODAY, LATER, TODAY, LATER]
        for _ in range(2):
            runs = [subprocess.Popen([*order, day.isoformat()], stdout=subprocess.PIPE) for day in days]
            told = [run.communicate()[0].decode() for run in runs]
            assert told == [cold(small, today=day) for day in days]
        assert [path.suffix for path in home.iterdir()] == [".pack"]
        assert [said(small, today=day) for day in days] == [cold(small, today=day) for day in days]
