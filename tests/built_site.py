"""A built site to ask things of: its pages as trees, its links, its texts; and the program to build it with."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from posixpath import join, normpath
from shutil import copytree
from urllib.parse import unquote, urlsplit

import yaml

from helpers import TODAY
from pauta.model import Manual
from pauta.pipeline import Project, check_project

CHECKOUT = Path(__file__).parents[1]
LONGEST_RUN = 300
"""Seconds after which a run of the program is taken for stuck."""

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_NO_TEXT = frozenset({"script", "style", "template"})
_INLINE = frozenset({"a", "abbr", "b", "code", "em", "i", "mark", "small", "span", "strong", "time", "tspan"})
_CLOSES_PARAGRAPH = frozenset(
    {"article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure", "form", "h1", "h2", "h3", "h4",
     "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul"}
)  # fmt: skip


def flat(text: str) -> str:
    """A text on one line, as a browser shows it."""
    return " ".join(text.split())


@dataclass(eq=False)
class Element:
    """An element of a page with its attributes and what it holds."""

    tag: str
    attributes: Mapping[str, str]
    parent: "Element | None" = None
    children: "list[Element | str]" = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(self.attributes.get("class", "").split())

    def walk(self) -> "Iterator[Element]":
        """This element and all below it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, tag: str = "", class_: str = "") -> "list[Element]":
        """The elements below with a tag, a class or both."""
        return [
            each
            for each in self.walk()
            if each is not self and (not tag or each.tag == tag) and (not class_ or class_ in each.classes)
        ]

    def one(self, tag: str = "", class_: str = "") -> "Element":
        found = self.all(tag, class_)
        assert len(found) == 1, f"{len(found)} elements {tag}.{class_}"
        return found[0]

    @property
    def text(self) -> str:
        """What a reader reads, on one line."""
        return flat("".join(self._texts()))

    @property
    def text_beside_pictures(self) -> str:
        """What a reader reads outside of drawings, on one line."""
        return flat("".join(self._texts(skip="svg")))

    def _texts(self, *, skip: str | None = None) -> Iterator[str]:
        if self.tag in _NO_TEXT or self.tag == skip:
            return
        gap = "" if self.tag in _INLINE else " "
        yield gap
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child._texts(skip=skip)
        yield gap


class _Reader(HTMLParser):
    """Builds the tree, and notes what a browser would have to put right."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.here = self.root
        self.problems: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(set(names)) < len(names):
            self._note(f"<{tag}> says an attribute twice")
        if tag in _CLOSES_PARAGRAPH and self._open("p"):
            self._note(f"<{tag}> inside a paragraph")
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(element)
        if tag not in _VOID:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.here.tag != tag:
            self._note(f"</{tag}> while <{self.here.tag}> is open")
        opened = self._open(tag)
        if opened is not None:
            self.here = opened.parent or self.root

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)

    def handle_comment(self, data: str) -> None:
        self._note(f"a comment: {data[:40]}")

    def _open(self, tag: str) -> Element | None:
        here: Element | None = self.here
        while here is not None and here.tag != tag:
            here = here.parent
        return here

    def _note(self, problem: str) -> None:
        self.problems.append(f"{problem}, line {self.getpos()[0]}")


@dataclass(eq=False)
class HtmlPage:
    """A page of the site; ``path`` is its address from the root."""

    path: str
    source: str
    tree: Element = field(init=False)
    problems: list[str] = field(init=False)
    """Tags that do not match, paragraphs that hold blocks, repeated attributes."""

    def __post_init__(self) -> None:
        reader = _Reader()
        reader.feed(self.source)
        reader.close()
        self.tree = reader.root
        self.problems = reader.problems

    @cached_property
    def article(self) -> Element:
        """What the page is about, without header, navigation and foot."""
        return self.tree.one("article", "md-content__inner")

    @cached_property
    def title(self) -> str:
        return self.tree.one("head").one("title").text

    @cached_property
    def heading(self) -> str:
        headings = self.article.all("h1")
        assert len(headings) == 1, f"{self.path} has {len(headings)} main headings"
        return _without_permalink(headings[0])

    @cached_property
    def ids(self) -> list[str]:
        return [each.attributes["id"] for each in self.tree.walk() if "id" in each.attributes]

    @cached_property
    def meta(self) -> dict[str, Element]:
        """What the strip under the title says: label -> value."""
        return {
            row.one("dt").text: row.one("dd") for strip in self.article.all("dl", "pt-meta") for row in strip.all("div")
        }

    def links(self, within: Element | None = None) -> set[str]:
        """Where the links lead, as addresses from the root of the site; those that leave it are left out."""
        start = within if within is not None else self.article
        return {
            address
            for each in start.walk()
            if each.tag == "a" and (address := self.resolve(each.attributes.get("href", "")))
        }

    def resolve(self, address: str) -> str:
        """An address on this page as one from the root of the site; empty for one that leaves it."""
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not address:
            return ""
        path = normpath(join(self.path, "..", unquote(parts.path))) if parts.path else self.path
        if parts.path.startswith("/"):
            path = parts.path.lstrip("/")
        return f"{path}#{unquote(parts.fragment)}" if parts.fragment else path


def _without_permalink(heading: Element) -> str:
    kept = [child for child in heading.children if isinstance(child, str) or "headerlink" not in child.classes]
    return Element(heading.tag, {}, None, kept).text


@dataclass(eq=False)
class BuiltSite:
    """A project that has been built."""

    project: Path
    told: "subprocess.CompletedProcess[str]"
    """What the program said."""

    @property
    def root(self) -> Path:
        return self.project / "build" / "site"

    @property
    def lists(self) -> Path:
        return self.project / "build" / "listas"

    @cached_property
    def pages(self) -> dict[str, HtmlPage]:
        """Every page of the site, the lines of the manual among them, by its address from the root."""
        return {
            path.relative_to(self.root).as_posix(): HtmlPage(path.relative_to(self.root).as_posix(), path.read_text("utf-8"))
            for path in sorted(self.root.rglob("*.html"))
        }  # fmt: skip

    @property
    def readable(self) -> list[HtmlPage]:
        """The pages with the site's header and foot: all but the lines of the manual."""
        return [page for path, page in self.pages.items() if not path.startswith("fuente/")]

    @cached_property
    def manual(self) -> Manual:
        """The manual as written, with what only management may read."""
        return check_project(Project(self.project), today=TODAY).manual


def pauta(
    project: Path, *arguments: str, today: date | None = TODAY, environment: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run the program on a project, as from a terminal that is somewhere else."""
    return subprocess.run(
        command(project, *arguments, today=today),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=LONGEST_RUN,
        env={**os.environ, **(environment or {})},
    )


def command(project: Path, verb: str, *arguments: str, today: date | None = TODAY) -> list[str]:
    """The words that run a verb of the program on a project."""
    day = ("--today", today.isoformat()) if today else ()
    return [sys.executable, "-m", "pauta", verb, "--project", str(project), *day, *arguments]


def reference_project(folder: Path) -> Path:
    """A copy of this repository's manual, with all that its site needs of a project."""
    folder.mkdir(parents=True, exist_ok=True)
    copytree(CHECKOUT / "manual", folder / "manual")
    (folder / "mkdocs.yml").write_bytes((CHECKOUT / "mkdocs.yml").read_bytes())
    copytree(CHECKOUT / "site" / "contenido", folder / "site" / "contenido")
    return folder


def set_visibility(project: Path, level: str) -> None:
    """Say in a project's mkdocs.yml for whom its site is."""
    file = project / "mkdocs.yml"
    settings = yaml.safe_load(file.read_text("utf-8"))
    settings["plugins"] = [
        {"pauta": {"visibilidad": level}} if "pauta" in each else each for each in settings["plugins"]
    ]
    file.write_text(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), "utf-8")


def build(project: Path) -> BuiltSite:
    """The site of a project that must build."""
    told = pauta(project, "build")
    assert told.returncode == 0, told.stderr
    return BuiltSite(project, told)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, byte for byte."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}  # fmt: skip


def differences(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> Sequence[str]:
    """The names of what is not the same in two folders."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
