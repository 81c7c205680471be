"""Rules written in Python that an installed package offers, for a manual that names the package.

They run with the rights of whoever runs the check, so that none is loaded unless it is named.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass

from pauta.check.rule import Problem, Rule
from pauta.check.settings import trusted_packages
from pauta.findings import Finding, Location, Severity
from pauta.model import Manual

GROUP = "pauta.rules"
"""The group of entry points under which a package offers a rule, or several."""


@dataclass(frozen=True, slots=True)
class Packaged:
    """A rule of a package, and where the manual names the package."""

    rule: Rule
    package: str
    named_at: Location


def find(manual: Manual, taken: Container[str]) -> Iterator[Finding]:
    """What the rules of the packages find, and what is wrong with the packages."""
    for offered in _offered(manual, taken):
        if isinstance(offered, Finding):
            yield offered
        elif manual.sound(*offered.rule.needs):
            yield from _asked(manual, offered)


def package_rules(manual: Manual, taken: Container[str]) -> tuple[Rule, ...]:
    """The rules that can be asked, of all packages that the manual names."""
    return tuple(each.rule for each in _offered(manual, taken) if isinstance(each, Packaged))


def _offered(manual: Manual, taken: Container[str]) -> Iterator[Packaged | Finding]:
    known = set[str]()
    for package, place in trusted_packages(manual):
        for each in _of_package(package, place):
            if isinstance(each, Packaged) and (each.rule.id in taken or each.rule.id in known):
                yield _unfit(each.package, each.named_at, f"su regla «{each.rule.id}» se llama como otra")
                continue
            if isinstance(each, Packaged):
                known.add(each.rule.id)
            yield each


def _of_package(package: str, place: Location) -> Iterator[Packaged | Finding]:
    from importlib.metadata import PackageNotFoundError, distribution  # noqa: PLC0415 - slow, and few manuals need it

    try:
        entries = distribution(package).entry_points.select(group=GROUP)
    except PackageNotFoundError:
        yield _absent(
            f"El paquete de reglas «{package}» no está instalado.", place, f"Instálelo: pip install {package}"
        )
        return
    if not entries:
        yield _absent(f"El paquete «{package}» está instalado y no trae reglas.", place, "Quítelo de «paquetes».")
    for entry in entries:
        try:
            loaded = entry.load()
        except (Exception, SystemExit) as problem:  # noqa: BLE001 - whatever a package does, the check goes on
            yield _unfit(package, place, f"no se puede cargar «{entry.name}» ({_told(problem)})")
            continue
        yield from _loaded(loaded, entry.name, package, place)


def _loaded(loaded: object, entry: str, package: str, place: Location) -> Iterator[Packaged | Finding]:
    """What an entry point gave: a rule, or several."""
    several = loaded if isinstance(loaded, list | tuple) else [loaded]
    for each in several:
        if isinstance(each, Rule):
            yield Packaged(each, package, place)
        else:
            yield _unfit(package, place, f"«{entry}» no es una regla")


def _asked(manual: Manual, packaged: Packaged) -> Iterator[Finding]:
    rule = packaged.rule
    try:
        for problem in rule.find(manual):
            if not isinstance(problem, Problem):
                raise TypeError(problem)  # noqa: TRY301 - as if it had raised by itself
            yield Finding(rule.id, rule.severity, problem.message, problem.location, problem.mend)
    except (Exception, SystemExit) as problem:  # noqa: BLE001 - whatever a package does, the check goes on
        yield Finding(
            "regla-no-responde",
            Severity.ERROR,
            f"La regla «{rule.id}» del paquete «{packaged.package}» se detuvo ({_told(problem)}).",
            packaged.named_at,
            "Avise a quien mantiene el paquete; mientras tanto, quítelo de «paquetes».",
        )


def _told(problem: BaseException) -> str:
    """The kind of an exception and the beginning of what it says, in one line."""
    return " ".join(f"{type(problem).__name__}: {problem}".split())[:120]


def _absent(message: str, place: Location, mend: str) -> Finding:
    return Finding("paquete-ausente", Severity.ERROR, message, place, mend)


def _unfit(package: str, place: Location, why: str) -> Finding:
    return Finding(
        "paquete-ausente",
        Severity.ERROR,
        f"El paquete de reglas «{package}» no sirve: {why}.",
        place,
        "Avise a quien mantiene el paquete, o quítelo de «paquetes».",
    )
