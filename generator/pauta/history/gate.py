"""Whether a change to a manual may be let in: by whom it must be approved, and what it still lacks.

What tightens a commitment or adds something passes, and its owner is asked. What loosens or takes away
a commitment needs a record in «cambios.yml». And the version says how much changed.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

from pauta.check.catalogue import freedoms
from pauta.check.codeowners import account_of
from pauta.check.exceptions import graded
from pauta.compare import Change, Level, compare, highest
from pauta.compare.records import Exemption, covers, exemptions_of, records_of
from pauta.findings import CannotGoOn, Finding, Location, Severity, in_reading_order, worst
from pauta.history.revisions import Snapshot
from pauta.history.versions import released
from pauta.model import Entity, Manual
from pauta.model.editions import Number, newest_first, number_of
from pauta.quantities.durations import later, parse_date, parse_duration

_RAISED = {Level.MAJOR: "el primer número", Level.MINOR: "el segundo número", Level.PATCH: "el tercer número"}


@dataclass(frozen=True, slots=True)
class Approval:
    """Whose consent some changes need."""

    role: str
    title: str
    account: str | None
    """On the platform of git; None when neither the role nor any above it has one."""
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided of the changes between two manuals."""

    before: str
    after: str
    """Their versions."""
    needed: Level | None
    """What the version must raise; None when nothing changed."""
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    approvals: tuple[Approval, ...]


def last_release(root: Path) -> str:
    """The tag of the last released version that led to the commit at hand; raises CannotGoOn when there is none."""
    editions = newest_first(released(root, within="HEAD"))
    if not editions:
        raise CannotGoOn(
            "Este repositorio no tiene ninguna versión publicada con la que comparar.",
            "Diga con qué revisión o carpeta: pauta gate main",
        )
    return f"refs/tags/{editions[0].tag}"


def released_before(root: Path, snapshot: Snapshot) -> str | None:
    """The tag of the last version released before a revision; None for a folder, and where there is no other."""
    editions = newest_first(released(root, within=snapshot.commit)) if snapshot.commit else []
    if not editions or editions[0].commit == snapshot.commit:
        return None
    return f"refs/tags/{editions[0].tag}"


def sound_manual(snapshot: Snapshot) -> Manual:
    """The manual of a snapshot; raises CannotGoOn when it has errors, under which nothing can be decided."""
    if worst(snapshot.findings) is Severity.ERROR:
        raise CannotGoOn(f"El manual de «{snapshot.name}» tiene errores.", "Corríjalos antes: pauta check los dice.")
    return snapshot.manual


def decide(before: Manual, after: Manual, *, today: date, last: Manual | None = None) -> Decision:
    """Decide of what changed between two manuals, as the later one accounts for it.

    ``last`` is the last released manual, where ``before`` came after it: the version rises over that
    one, once for all that comes until the next release, and the records since then count; but only
    what ``after`` brings is judged. Raises CannotGoOn when a manual does not say which version it is.
    """
    earlier, later = _version(before, "anterior"), _version(after, "nuevo")
    base = before if last is None else last
    return _Deciding(before, after, base, earlier, later, _version(base, "publicado"), today).decision()


def _version(manual: Manual, which: str) -> str:
    part = manual.parts.get("manual")
    version = str(part.data.get("version", "")) if part else ""
    if number_of(version) is None:
        raise CannotGoOn(
            f"El manual {which} no dice su versión.", "Escríbala en manual/manual.yml; por ejemplo: version: 2.1.0"
        )
    return version


@dataclass(frozen=True, slots=True)
class _Deciding:
    before: Manual
    after: Manual
    base: Manual
    """The manual over which the version rises."""
    earlier: str
    later: str
    since: str
    """The versions of the three, in the order before, after, base."""
    today: date

    def decision(self) -> Decision:
        changes = compare(self.before, self.after)
        exempted = {each.fingerprint: each for each in exemptions_of(self.after)}
        asked = [change for change in changes if change.fingerprint not in exempted]
        records = [each for each in records_of(self.after) if self._is_of_now(each)]
        covering = {c: [r for r in records if covers(r, c, self.after, self.before)] for c in changes}
        loosening = {id(r) for c in asked if c.level is Level.MAJOR for r in covering[c]}
        brought = [each for each in records if self._is_brought(each)]
        judged = [each for each in records if each in brought or id(each) in loosening]
        needed = highest(asked)
        found = chain(
            self._uncovered(asked, covering),
            self._of_records(judged, loosening),
            self._unused(brought, covering.values()) if changes else (),
            self._of_exemptions(self._brought_exemptions(exempted), {change.fingerprint for change in changes}),
            self._of_version(self._needed_over_the_base(needed, exempted)),
        )
        approvals = tuple(self._approvals(asked, covering))
        # as the earlier manual weighs them: a change may not make light of what is decided of it
        weighed = in_reading_order(graded(self.before, found, freedoms(self.before)))
        return Decision(self.earlier, self.later, needed, changes, weighed, approvals)

    def _is_of_now(self, record: Entity) -> bool:
        """Whether a record is about what changes between the two, and not about another time."""
        version = number_of(record["version"])
        return version is not None and _number(self.since) < version <= _number(self.later)

    def _is_brought(self, record: Entity) -> bool:
        """Whether a record came or changed; one that was there already was judged when it came."""
        same = self.before.find("cambios", record.id) if self.base is not self.before else None
        return same is None or same.data != record.data

    def _brought_exemptions(self, exempted: Mapping[str, Exemption]) -> list[Exemption]:
        known = {each.fingerprint for each in exemptions_of(self.before)} if self.base is not self.before else set()
        return [each for fingerprint, each in exempted.items() if fingerprint not in known]

    def _needed_over_the_base(self, needed: Level | None, exempted: Container[str]) -> Level | None:
        """What the version must rise over the base, when anything changed at all."""
        if needed is None or self.base is self.before:
            return needed
        return highest([each for each in compare(self.base, self.after) if each.fingerprint not in exempted])

    # --- commitments that are loosened or go away ---

    def _uncovered(self, changes: Iterable[Change], covering: dict[Change, list[Entity]]) -> Iterator[Finding]:
        for change in changes:
            if change.level is Level.MAJOR and not covering[change]:
                yield Finding(
                    "cambio-sin-registro",
                    Severity.ERROR,
                    f"{change.sentence} Es un compromiso, y ningún registro de la versión {self.later} cubre el cambio "
                    f"(huella {change.fingerprint}).",
                    self._place(change),
                    "Agregue en «cambios.yml» un registro que lo cubra, con motivo, aprobación, aviso y a quién se "
                    f"comunicó, y con «version: {self.later}»; o no cambie el compromiso.",
                )

    def _place(self, change: Change) -> Location:
        part = self.after.parts.get("manual")
        return change.place_after or change.place_before or (part.at() if part else Location("manual"))

    # --- records ---

    def _of_records(self, records: Iterable[Entity], loosening: set[int]) -> Iterator[Finding]:
        for record in records:
            if all(role == record["propone"] for role in record["aprueban"]):
                yield _error(
                    "cambio-sin-aprobador",
                    record.at("aprueban"),
                    f"El cambio «{self.after.title(record)}» solo lo aprueba quien lo propone.",
                    "Pida la aprobación de otro rol y agréguelo a «aprueban».",
                )
            if id(record) in loosening:
                yield from self._incomplete(record)
            yield from self._early(record)

    def _incomplete(self, record: Entity) -> Iterator[Finding]:
        titles = {"aviso": "con cuánto tiempo se avisa", "comunicado_a": "a quién se comunicó"}
        missing = [told for name, told in titles.items() if not record.get(name)]
        if missing:
            yield _error(
                "registro-incompleto",
                record.at(),
                f"El cambio «{self.after.title(record)}» afloja o quita un compromiso y no dice {' ni '.join(missing)}.",
                "Agregue «aviso» y «comunicado_a» a su registro.",
            )

    def _early(self, record: Entity) -> Iterator[Finding]:
        recorded, since = parse_date(record["registrado_el"]), parse_date(record["vigente_desde"])
        told = record.get("aviso")
        notice = parse_duration(told) if told else None
        if notice is not None and not notice.is_calendar:
            message = f"El aviso de «{told}» no dice en qué fecha termina."
            mend = "Escríbalo en días calendario, semanas, meses o años."
            yield _error("aviso-insuficiente", record.at("aviso"), message, mend)
            return
        first = later(recorded, notice) if notice is not None else recorded
        if since < first:
            ended = f"el aviso de {told} termina el {first}" if told else f"se registró el {recorded}"
            message = f"El cambio «{self.after.title(record)}» rige desde el {since}, y {ended}."
            mend = f"Ponga en «vigente_desde» el {first} u otra fecha posterior."
            yield _error("aviso-insuficiente", record.at("vigente_desde"), message, mend)

    def _unused(self, records: Iterable[Entity], covering: Iterable[Sequence[Entity]]) -> Iterator[Finding]:
        used = {id(record) for group in covering for record in group}
        for record in records:
            if id(record) not in used:
                yield Finding(
                    "registro-sin-uso",
                    Severity.WARNING,
                    f"El registro «{self.after.title(record)}» no cubre ningún cambio entre la versión {self.earlier} "
                    f"y la {self.later}.",
                    record.at(),
                    "Corrija lo que dice «cubre», o la versión si el cambio quedó para después.",
                )

    # --- exemptions ---

    def _of_exemptions(self, exemptions: Iterable[Exemption], made: set[str]) -> Iterator[Finding]:
        for each in exemptions:
            if each.fingerprint not in made:
                yield Finding(
                    "exencion-sin-uso",
                    Severity.WARNING,
                    f"Ningún cambio entre la versión {self.earlier} y la {self.later} tiene la huella "
                    f"{each.fingerprint}.",
                    each.place,
                    "Quite la exención; si el cambio tiene ahora otra huella, apruébela de nuevo.",
                )
            elif each.until < self.today:
                yield _error(
                    "exencion-vencida",
                    each.place,
                    f"La exención de la huella {each.fingerprint} venció el {each.until}.",
                    "Escriba el registro que el cambio necesita, o apruebe la exención con otra fecha.",
                )

    # --- the version ---

    def _of_version(self, needed: Level | None) -> Iterator[Finding]:
        enough = next_version(self.since, needed) if needed else self.since
        if needed and not is_enough(self.since, self.later, needed):
            part = self.after.parts["manual"]
            yield _error(
                "version-insuficiente",
                part.at("version"),
                f"De la versión {self.since} a la {self.later} no sube {_RAISED[needed]}, que es lo que piden los "
                "cambios.",
                f"Ponga en «version» la {enough} u otra mayor, y en «vigente_desde» el día en que empieza a regir.",
            )
        elif _number(self.later) < _number(self.earlier):
            part = self.after.parts["manual"]
            message = f"La versión {self.later} es menor que la anterior, {self.earlier}."
            yield _error("version-insuficiente", part.at("version"), message, "Las versiones solo suben.")

    # --- who must approve ---

    def _approvals(self, changes: Iterable[Change], covering: dict[Change, list[Entity]]) -> Iterator[Approval]:
        asked: dict[str, dict[Change, None]] = {}
        for change in changes:
            if change.level is not Level.PATCH:
                approvers = [role for record in covering[change] for role in record["aprueban"]]
                for role in approvers or self._owners(change):
                    asked.setdefault(role, {})[change] = None
        for name, of_role in asked.items():
            role = self.after.find("roles", name)
            title = self.after.title(role) if role else name
            yield Approval(name, title, account_of(self.after, name), tuple(of_role))

    def _owners(self, change: Change) -> list[str]:
        """Who answers for what changed: the thing's own owner, its service's, or its section's."""
        for manual in (self.after, self.before):
            owner = _owner(manual, change)
            if owner is not None:
                return [owner]
        return []


def _owner(manual: Manual, change: Change) -> str | None:
    here = manual.find(*change.key) if change.key else None
    while here is not None:
        about = manual.about(here)
        for thing in (here, about):
            if thing is not None and isinstance(thing.get("responsable"), str):
                return str(thing["responsable"])
        here = here.parent
    part = manual.parts.get(change.section)
    owner = part.control.get("responsable") if part else None
    return owner if isinstance(owner, str) else None


def is_enough(before: str, after: str, needed: Level) -> bool:
    """Whether a version is as much higher than another as some changes ask."""
    digits = {Level.MAJOR: 1, Level.MINOR: 2, Level.PATCH: 3}[needed]
    return _number(after)[:digits] > _number(before)[:digits]


def next_version(before: str, needed: Level) -> str:
    """The lowest version that is high enough after another."""
    major, minor, patch = _number(before)
    match needed:
        case Level.MAJOR:
            return f"{major + 1}.0.0"
        case Level.MINOR:
            return f"{major}.{minor + 1}.0"
        case Level.PATCH:
            return f"{major}.{minor}.{patch + 1}"


def _number(version: str) -> Number:
    return number_of(version) or (0, 0, 0)


def _error(rule: str, place: Location, message: str, mend: str) -> Finding:
    return Finding(rule, Severity.ERROR, message, place, mend)
