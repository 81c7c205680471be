"""What a checklist is, before any form of it is written.

Ids. A point keeps its id from version to version, because answers that a browser, a form or a
spreadsheet has stored are found again by it. So an id is made only of names that the manual
promises never to change or reuse, never of a position or of a wording:

- a verification of an offer is its own id, ``v_instalacion_acta``, and so is a point of the
  evaluation of service, ``co_5s_piso``: each is alone of its kind in the lists where it stands;
- any other entity is ``<kind>.<id>``, ``mensaje.m_instalacion_llegada``, since two collections may
  hold the same id and both stand in one list (an id of the manual has no dot, so none can clash);
- a field that every manual may have is its path in the schema, ``investigacion.registro``;
- in the decalogue a verification is ``principio.<principle>.<verification>``: several principles may
  cite it;
- what a list asks of the controls of an error is ``error.<id>.<control>``, by the name of the field;
- the conducts of a principle have no ids, so they are one point, ``principio.<id>``, that shows
  them below it: neither mending a comma nor putting another first changes what an answer is about.
  The same holds for the criteria of an audit and the stages of quality.

Ids that answers may still be stored under, and that must not be given to anything else:
``servicio.<id>.<need>``, which the list of the whole manual asked when it had a point for each need.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pauta.findings import Location
from pauta.quantities.measures import Measure


class Kind(StrEnum):
    """What a list is for."""

    SERVICE = "servicio"
    TRANSACTION = "transaccion"
    MYSTERY_SHOPPER = "comprador_misterioso"
    REPORT_CARD = "libreta"
    FIVE_SECONDS = "cinco_segundos"
    TEST_CALL = "llamada_prueba"
    WALK = "recorrido_direccion"
    AUDIT = "auditoria"
    ERRORS = "errores"
    QUALITY = "calidad"
    INDUCTION = "induccion"
    COMPLAINTS = "quejas"
    PROTOCOL = "protocolo"
    DECALOGUE = "decalogo"
    PREVIOUS_STEPS = "pasos_previos"
    MANUAL = "manual"


class Answer(StrEnum):
    """How a point is answered; the values are those of the field «escala» of a manual."""

    YES_NO = "si_no"
    ONE_TO_FIVE = "uno_a_cinco"
    ONE_TO_SEVEN = "uno_a_siete"
    ZERO_TO_TEN = "cero_a_diez"
    TEXT = "texto_libre"

    @property
    def grades(self) -> range:
        """The marks of a scale from the worst to the best; none when it is no scale."""
        return _GRADES.get(self, range(0))


_GRADES = {Answer.ONE_TO_FIVE: range(1, 6), Answer.ONE_TO_SEVEN: range(1, 8), Answer.ZERO_TO_TEN: range(11)}


class Respondent(StrEnum):
    """Who answers a list, and so what else it may ask of that person."""

    EMPLOYEE = "empleado"
    CUSTOMER = "cliente"
    ANONYMOUS = "anonimo"
    """A customer whose name is not asked."""


@dataclass(frozen=True, slots=True)
class Source:
    """The policy a point comes from."""

    title: str
    section: str
    key: tuple[str, str] | None
    """Collection and id of the entity, or None when the section itself says it."""
    location: Location | None
    """Where it is written, or None when it is not written yet."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is answered: with Sí, No or N.A., with a mark or in words."""

    id: str
    text: str
    source: Source
    critical: bool = False
    """Whether a No obliges to stop."""
    details: tuple[str, ...] = ()
    """What helps to answer: who, when, by what limit. One line each."""
    answer: Answer = Answer.YES_NO
    weight: Decimal = Decimal(1)
    """What it is worth in a list that has a score."""

    @property
    def worth(self) -> str:
        """Its weight as people write it, without zeros that say nothing."""
        return f"{self.weight.normalize():f}"

    @property
    def counts(self) -> bool:
        """Whether its answer can be part of a score: words cannot."""
        return self.answer is not Answer.TEXT


_SHORT = 1000


@dataclass(frozen=True, slots=True)
class Reminder:
    """Things to have at hand that are not answered one by one."""

    title: str
    lines: tuple[str, ...]

    @property
    def is_short(self) -> bool:
        """Whether it can stand open above a list, and on its paper, without burying what is answered."""
        return sum(len(line) for line in self.lines) <= _SHORT


@dataclass(frozen=True, slots=True)
class Group:
    """Points that are answered together: a phase of a service, a principle."""

    title: str
    items: tuple[Item, ...]
    reminders: tuple[Reminder, ...] = ()


@dataclass(frozen=True, slots=True)
class Scoring:
    """What the score of a list means; ``score`` reckons it."""

    minimum: Decimal | None = None
    """The percentage from which the result is good."""
    cap: Decimal | None = None
    """The most it can be when a critical point fails, zero included; None when that changes nothing."""
    alert: Measure | None = None
    """The mark, or the percentage, at which and below which the customer is called."""


@dataclass(frozen=True, slots=True)
class Checklist:
    """A list ready to be put in any form."""

    id: str
    """Name of its page and files; stable."""
    code: str
    """Name that people write on paper: L-… for a service, LG-… for what is general, and one letter more
    for the other kinds of which there are several, so that no id of a manual can give two the same."""
    title: str
    kind: Kind
    intro: str
    version: str = ""
    """Version of the manual, or nothing when the manual does not say it."""
    in_force_since: date | None = None
    approved_by: str = ""
    """The role that approved the manual's version, or nothing when the manual does not say it."""
    sections: tuple[Group, ...] = ()
    about: tuple[str, str] | None = None
    """Collection and id of the thing it is about: a service, a role, a protocol; None when it is the company."""
    section: str = "manual"
    """The section that says what it asks, whose control it shows."""
    facts: tuple[tuple[str, str], ...] = ()
    """Who applies it, how often, where: the name of each fact, and the fact."""
    notes: tuple[Reminder, ...] = ()
    """What is read before the first point: what to do at once if one fails, a script, the rules of the game."""
    use: str = ""
    """What it is used for: the heading under which it is found."""
    scoring: Scoring | None = None
    """How it is scored, or None when it has no score."""
    respondent: Respondent = Respondent.EMPLOYEE
    subject: str = "Lugar o cliente"
    """What the first blank of its heading asks for; nothing when it must not be asked."""
    comment_on_no: bool = False
    """Whether every No needs a comment."""

    @property
    def service(self) -> str | None:
        """Id of the service whose work it follows step by step."""
        return self.about[1] if self.about is not None and self.kind is Kind.SERVICE else None

    @property
    def role(self) -> str | None:
        """Id of the role whom it introduces to the work."""
        return self.about[1] if self.about is not None and self.kind is Kind.INDUCTION else None

    @property
    def of_customer(self) -> bool:
        """Whether a customer answers it."""
        return self.respondent is not Respondent.EMPLOYEE

    @property
    def has_weights(self) -> bool:
        """Whether some of its points are worth more than others."""
        return self.scoring is not None and len({item.weight for _, _, item in self.numbered if item.counts}) > 1

    @property
    def numbered(self) -> Iterator[tuple[int, Group, Item]]:
        """Every point with its number, counted through the whole list, and its group."""
        pairs = ((group, item) for group in self.sections for item in group.items)
        return ((number, group, item) for number, (group, item) in enumerate(pairs, start=1))

    @property
    def length(self) -> int:
        """How many points it has."""
        return sum(len(group.items) for group in self.sections)
