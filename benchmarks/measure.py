"""Measure Pauta beside its peers, in one run, and print the table of its goals.

Every number is the median of whole processes. Of times there are two: seconds on the clock, and
after the dot seconds of processor, which other work on the machine changes little.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
BIN = Path(sys.executable).parent
ONE_FILE = "nomenclatura"
"""The section that the peer checks of the reference manual: one of the smallest, the hardest for Pauta."""
MANY_FILES = "oferta"
"""The section whose files the peer checks of a large manual."""
_SPLIT_SECTIONS = ("oferta", "comunicacion", "costo", "momentos", "protocolos")
"""Sections of which a large manual has a file for each service."""

_MEGABYTE = 1024


@dataclass(frozen=True, slots=True)
class Sample:
    """What one process took."""

    wall: float
    """Seconds on the clock."""
    processor: float
    """Seconds of processor, of the user's and of the system's; other work on the machine hardly changes them."""
    peak: float
    """Megabytes of memory at the most."""
    before: tuple[float, float] = (0, 0)
    """Clock and processor seconds before MkDocs began, when it is a build that notes it."""


Samples = Sequence[Sample]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: two amounts, clock and processor seconds or megabytes, and their goal."""

    work: str
    ours: tuple[float, ...]
    peer: tuple[float, ...]
    unit: str
    goal: str
    met: bool | None

    def __str__(self) -> str:
        ratios = " · ".join(f"{ours / peer:.2f}" for ours, peer in zip(self.ours, self.peer, strict=True))
        met = {True: "yes", False: "**no**", None: ""}[self.met]
        return f"| {self.work} | {self._said(self.ours)} | {self._said(self.peer)} | {ratios} | {self.goal} | {met} |"

    def _said(self, amounts: tuple[float, ...]) -> str:
        shown = (f"{amount:.2f}" if self.unit == "s" else f"{amount:.0f}" for amount in amounts)
        return f"{' · '.join(shown)} {self.unit}"


HEADING = """| work | Pauta | peer | ratio | goal | met |
|---|---|---|---|---|---|"""


@dataclass(frozen=True, slots=True)
class Bench:
    """Where the work is done, how large it is and how often it is repeated."""

    folder: Path
    repeats: int
    files: int
    services: int
    peer: Path
    ajv: Path | None
    sourcemeta: Path | None

    @property
    def cache(self) -> Path:
        """Where Pauta keeps what a run learns for the next."""
        return self.folder / "cache"

    def manual(self, services: int) -> Path:
        """A project of so many services, one file each; made once."""
        folder = self.folder / f"manual-{services}"
        if not folder.is_dir():
            _say(f"making a manual of {services} services")
            unfinished = self.folder / "unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            _run([sys.executable, HERE / "make_manual.py", unfinished, str(services), "--split"])
            unfinished.rename(folder)
        return folder

    def in_turns(self, **commands: Callable[[], Sample]) -> dict[str, Samples]:
        """Each command so many times, in turns, so that all meet the same machine."""
        taken: dict[str, list[Sample]] = {name: [] for name in commands}
        for turn in range(self.repeats):
            for name, command in commands.items():
                sample = command()
                _say(f"{turn + 1} {name}: {sample.wall:.2f} s, {sample.processor:.2f} s, {sample.peak:.0f} MB")
                taken[name].append(sample)
        return dict(taken)


def check_of_the_reference(bench: Bench) -> Iterator[Row]:
    """`pauta check` of the reference manual, and check-jsonschema of one of its files."""
    files = [ROOT / "manual" / f"{ONE_FILE}.yml"]
    schema = ROOT / "schema" / f"{ONE_FILE}.schema.json"
    taken = bench.in_turns(
        pauta=lambda: _pauta("check", ROOT, "--no-cache"), peer=lambda: _check_jsonschema(bench.peer, schema, files)
    )
    yield _times("check of the reference manual · check-jsonschema of one of its files", taken, 0.5)


def check_of_a_large_section(bench: Bench) -> Iterator[Row]:
    """`pauta check` of a manual with a section of so many files, and check-jsonschema of that section."""
    taken, files, in_all = _check_beside_peer(bench, bench.files)
    yield _times(f"check of a manual with a section of {files} files · check-jsonschema of the section", taken, 0.2)
    yield _memory(f"the same: {in_all} files in all · {files}", taken, None)


def memory_of_a_check(bench: Bench) -> Iterator[Row]:
    """The same of a manual that has so many files in all: five a service."""
    taken, files, in_all = _check_beside_peer(bench, bench.files // len(_SPLIT_SECTIONS))
    yield _memory(f"check of a manual of {in_all} files · check-jsonschema of {files} of them", taken, 150)


def _check_beside_peer(bench: Bench, services: int) -> tuple[dict[str, Samples], int, int]:
    """What each took, and how many files the peer and Pauta read."""
    manual = bench.manual(services)
    files = sorted((manual / "manual" / MANY_FILES).glob("*.yml"))
    schema = _schema_of_a_part(bench.folder)
    taken = bench.in_turns(
        pauta=lambda: _pauta("check", manual, "--no-cache"), peer=lambda: _check_jsonschema(bench.peer, schema, files)
    )
    return taken, len(files), len(list((manual / "manual").rglob("*.yml")))


def check_beside_validators(bench: Bench) -> Iterator[Row]:
    """`pauta check` of a manual of so many files with nothing remembered, and after one edit; others only validate."""
    ajv, sourcemeta = bench.ajv, bench.sourcemeta
    if ajv is None or sourcemeta is None:
        sys.exit("peers: give --ajv and --sourcemeta, or name what to measure; benchmarks/README.md says how")
    manual = bench.manual(bench.files // len(_SPLIT_SECTIONS))
    files = [path for name in _SPLIT_SECTIONS for path in sorted((manual / "manual" / name).glob("*.yml"))]
    schema = _schema_of_all_parts(bench.folder)
    _pauta("check", manual)  # from here on each run but the cold ones finds what the one before it kept
    taken = bench.in_turns(
        cold=lambda: _pauta("check", manual, "--no-cache"),
        keeping=lambda: _cold_and_keeping(bench, manual),
        edited=lambda: _after_an_edit(manual, files[0]),
        same=lambda: _pauta("check", manual),
        ajv=lambda: _ajv(ajv, schema, files),
        check_jsonschema=lambda: _check_jsonschema(bench.peer, schema, files),
        sourcemeta=lambda: _sourcemeta(sourcemeta, schema, files),
    )
    done = f"{len(files)} files"
    yield _against(f"check, nothing remembered · ajv-cli, {done}", taken, "cold", "ajv", 1.0)
    yield _against(f"check, nothing remembered · check-jsonschema, {done}", taken, "cold", "check_jsonschema", 0.12)
    yield _against("the same, and keeping it for the next · ajv-cli", taken, "keeping", "ajv", None)
    yield _against(
        f"check after an edit of one file · Sourcemeta's jsonschema, {done}", taken, "edited", "sourcemeta", 0.5
    )
    yield _against("check again after no edit · Sourcemeta's jsonschema", taken, "same", "sourcemeta", None)
    yield _memory_of("check after an edit of one file · Sourcemeta's jsonschema", taken, "edited", "sourcemeta")


def build_of_a_large_manual(bench: Bench) -> Iterator[Row]:
    """`pauta build` of many services, of half as many, and `mkdocs build` of the same Markdown."""
    whole, half = bench.manual(bench.services), bench.manual(bench.services // 2)
    markdown = bench.folder / f"markdown-{bench.services}"
    _run([BIN / "pauta", "render", "--project", whole, "--out", markdown])
    taken = bench.in_turns(
        pauta=lambda: _timed_build(whole),
        half=lambda: _timed_build(half),
        mkdocs=lambda: _run([BIN / "mkdocs", "build", "--quiet"], cwd=markdown),
    )
    yield _share(f"build of {bench.services} services: before MkDocs · whole", taken["pauta"])
    growth = {"pauta": taken["pauta"], "peer": taken["half"]}
    yield _times(f"build of {bench.services} services · of {bench.services // 2}", growth, 2.2)
    ours, peer = _peak(taken["pauta"]), _peak(taken["mkdocs"])
    name = f"build of {bench.services} services, peak memory · mkdocs build of the same Markdown"
    yield Row(name, (ours,), (peer,), "MB", "≤ 3 ×", met=ours <= 3 * peer)


EXPERIMENTS = {
    "reference": check_of_the_reference,
    "section": check_of_a_large_section,
    "memory": memory_of_a_check,
    "peers": check_beside_validators,
    "build": build_of_a_large_manual,
}


def _times(work: str, taken: Mapping[str, Samples], limit: float) -> Row:
    ours, peer = _seconds(taken["pauta"]), _seconds(taken["peer"])
    return Row(work, ours, peer, "s", f"≤ {limit:g} ×", met=ours[0] <= limit * peer[0])


def _against(work: str, taken: Mapping[str, Samples], ours: str, peer: str, limit: float | None) -> Row:
    mine, other = _seconds(taken[ours]), _seconds(taken[peer])
    goal = f"≤ {limit:g} ×" if limit else "—"
    return Row(work, mine, other, "s", goal, met=mine[0] <= limit * other[0] if limit else None)


def _memory_of(work: str, taken: Mapping[str, Samples], ours: str, peer: str) -> Row:
    return Row(f"{work}, peak memory", (_peak(taken[ours]),), (_peak(taken[peer]),), "MB", "—", met=None)


def _memory(work: str, taken: Mapping[str, Samples], limit: float | None) -> Row:
    ours, peer = _peak(taken["pauta"]), _peak(taken["peer"])
    goal = f"≤ {limit:g} MB" if limit else "—"
    return Row(f"{work}, peak memory", (ours,), (peer,), "MB", goal, met=ours <= limit if limit else None)


def _share(work: str, taken: Samples) -> Row:
    before = (median(s.before[0] for s in taken), median(s.before[1] for s in taken))
    whole = _seconds(taken)
    return Row(work, before, whole, "s", "≤ 0.15 ×", met=before[0] <= 0.15 * whole[0])


def _seconds(taken: Samples) -> tuple[float, float]:
    return median(s.wall for s in taken), median(s.processor for s in taken)


def _peak(taken: Samples) -> float:
    return median(s.peak for s in taken)


def _pauta(verb: str, project: Path, *more: str) -> Sample:
    return _run([BIN / "pauta", verb, "--project", project, *more])


def _cold_and_keeping(bench: Bench, project: Path) -> Sample:
    shutil.rmtree(bench.cache, ignore_errors=True)
    return _pauta("check", project)


def _after_an_edit(project: Path, file: Path) -> Sample:
    with file.open("a", encoding="utf-8") as end:
        end.write("# one more line\n")
    return _pauta("check", project)


def _check_jsonschema(peer: Path, schema: Path, files: Sequence[Path]) -> Sample:
    return _run([peer, "--schemafile", schema, *files])


def _ajv(peer: Path, schema: Path, files: Sequence[Path]) -> Sample:
    named = [word for file in files for word in ("-d", file)]
    options = ("--spec=draft2020", "--strict=false", "-c", "ajv-formats")
    return _run([peer, "validate", *options, "-s", schema, *named])


def _sourcemeta(peer: Path, schema: Path, files: Sequence[Path]) -> Sample:
    return _run([peer, "validate", schema, *files, "--format-assertion"])


def _schema_of_all_parts(folder: Path) -> Path:
    """One schema for the files of all folders, so that a peer needs one process: each list is of one section only."""
    common = json.loads((ROOT / "schema" / "comun.schema.json").read_text(encoding="utf-8"))["$defs"]
    properties: dict[str, Any] = {}
    for name in _SPLIT_SECTIONS:
        schema = json.loads((ROOT / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
        for field, said in schema["properties"].items():
            counted = {word: value for word, value in said.items() if word not in {"minItems", "maxItems"}}
            properties.setdefault(field, _inside(counted if "x-coleccion" in said else said))
    place = folder / "schema"
    place.mkdir(exist_ok=True)
    whole = {"type": "object", "additionalProperties": False, "properties": properties, "$defs": _inside(common)}
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    (place / "all.json").write_text(json.dumps({**dialect, **whole}), encoding="utf-8")
    return place / "all.json"


def _inside(node: Any) -> Any:
    """A schema whose references are to itself."""
    if isinstance(node, list):
        return [_inside(each) for each in node]
    if not isinstance(node, dict):
        return node
    return {w: f"#/$defs/{v.rpartition('/')[2]}" if w == "$ref" else _inside(v) for w, v in node.items()}


def _schema_of_a_part(folder: Path) -> Path:
    """The section's schema for a file of its folder, which need not hold all that the section must."""
    place = folder / "schema"
    place.mkdir(exist_ok=True)
    shutil.copy(ROOT / "schema" / "comun.schema.json", place)
    schema = json.loads((ROOT / "schema" / f"{MANY_FILES}.schema.json").read_text(encoding="utf-8"))
    (place / f"{MANY_FILES}.schema.json").write_text(json.dumps({**schema, "required": []}), encoding="utf-8")
    return place / f"{MANY_FILES}.schema.json"


def _timed_build(project: Path) -> Sample:
    note = project / "before-mkdocs"
    began = time.time()
    whole = _run([sys.executable, HERE / "timed_build.py", note, "build", "--no-cache", "--project", project])
    clock, processor = map(float, note.read_text(encoding="ascii").split())
    return Sample(whole.wall, whole.processor, whole.peak, (clock - began, processor))


def _run(command: Sequence[str | Path], cwd: Path | None = None) -> Sample:
    """Run a command to its end; stop everything when it fails, for then its time means nothing."""
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command], cwd=cwd, stdout=said, stderr=said, env={**os.environ, **_ENVIRONMENT}
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.exit(f"{command[0]} ended with {process.returncode}:\n{said.read().decode(errors='replace')[-2000:]}")
    return Sample(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / _MEGABYTE)


_ENVIRONMENT = {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": ""}
"""An installed program has its bytecode, so that no run is to be measured compiling it again; ``main`` adds to it
where Pauta's cache is."""


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("only", nargs="*", metavar="|".join(EXPERIMENTS), help="what to measure (default: all)")
    words.add_argument("--repeats", type=int, default=5, help="runs of each command (default: 5)")
    words.add_argument("--files", type=int, default=2000, help="services of the manual that is checked (default: 2000)")
    words.add_argument(
        "--services", type=int, default=1000, help="services of the manual that is built (default: 1000)"
    )
    words.add_argument("--folder", type=Path, help="where the manuals are made and kept (default: one that is deleted)")
    words.add_argument(
        "--peer",
        type=Path,
        default=BIN / "check-jsonschema",
        help="the check-jsonschema to measure; one in an environment of its own starts faster than that of the tests",
    )
    words.add_argument("--ajv", type=Path, help="the ajv of ajv-cli, with ajv-formats beside it, for: peers")
    words.add_argument("--sourcemeta", type=Path, help="Sourcemeta's jsonschema, for: peers")
    chosen = words.parse_args()
    unknown = set(chosen.only) - EXPERIMENTS.keys()
    if unknown:
        words.error(f"there is no {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        bench = Bench(
            folder.resolve(),
            chosen.repeats,
            chosen.files,
            chosen.services,
            chosen.peer,
            chosen.ajv,
            chosen.sourcemeta,
        )
        _ENVIRONMENT["XDG_CACHE_HOME"] = str(bench.cache)
        all_ = [name for name in EXPERIMENTS if name != "peers" or (bench.ajv and bench.sourcemeta)]
        rows = [row for name in chosen.only or all_ for row in EXPERIMENTS[name](bench)]
    print("\n".join([HEADING, *map(str, rows)]))


if __name__ == "__main__":
    main()
