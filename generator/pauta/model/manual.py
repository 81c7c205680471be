"""The manual as everything after validation sees it.

Python knows the envelope: id, title, owner, dates, references, place. What a section says inside
its fields is read as plain data by the section's own template and rules.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from pauta.findings import Location
from pauta.load import Document, Path_
from pauta.spine import Field, Section, Spine

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """A thing with a name of its own that other parts of the manual refer to."""

    collection: str
    id: str
    section: str
    data: Data
    field: Field
    document: Document
    path: Path_
    sound: bool
    """Whether its own fields passed validation; rules look only at sound entities."""
    parent: "Entity | None" = None
    """The entity inside which this one is written, if there is one."""

    @property
    def key(self) -> tuple[str, str]:
        """Collection and id, unique in a manual."""
        return self.collection, self.id

    def at(self, *path: str | int, key: bool = False) -> Location:
        """The place of the entity or of something inside it."""
        return self.document.locate((*self.path, *path), key=key)

    def get(self, name: str, default: Any = None) -> Any:
        """A field's value."""
        return self.data.get(name, default)

    def __getitem__(self, name: str) -> Any:
        return self.data[name]


class Reference(NamedTuple):
    """A text that names an entity: from where, through which field, to what.

    A manual has so many that each is a tuple, and its path is put together only when somebody asks.
    """

    source: Entity | None
    """The innermost entity that holds the reference; None when the section itself does."""
    section: str
    field: Field
    collection: str
    target: str
    document: Document
    holder: Path_
    """The path of what it stands in, shared by all references there."""
    step: str | int
    """The field of the holder, or the position in it."""

    @property
    def path(self) -> Path_:
        """The way to the text from the root of its document."""
        return (*self.holder, self.step)

    @property
    def location(self) -> Location:
        """Where the name is written."""
        return self.document.locate(self.path)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One section of a manual, from all its files."""

    schema: Section
    documents: tuple[Document, ...]
    data: Data
    """Its fields, with the lists of all its files one after the other."""
    sound: bool
    """Whether it was read whole and nothing outside its entities failed validation."""

    @property
    def name(self) -> str:
        """The section's name in schema/, manual/ and site/."""
        return self.schema.name

    @property
    def title(self) -> str:
        """The name people read."""
        return self.schema.title

    @property
    def control(self) -> Data:
        """Who answers for the section, when it was reviewed, how often, its status."""
        control = self.data.get("control")
        return control if isinstance(control, dict) else {}

    @property
    def not_applicable(self) -> Data | None:
        """The declaration that the company does not need the section, if there is one."""
        declared = self.data.get("no_aplica")
        return declared if isinstance(declared, dict) else None

    def at(self, *path: str | int, key: bool = False) -> Location:
        """The place of a field of the section, in whichever file says it."""
        holder = next((d for d in self.documents if path and isinstance(d.value, dict) and path[0] in d.value), None)
        return (holder or self.documents[0]).locate(path if holder else (), key=key)


@dataclass(frozen=True, eq=False)
class Manual:
    """All parts of a manual as seen on a day."""

    spine: Spine
    parts: Mapping[str, Part]
    entities: Mapping[str, Mapping[str, Entity]]
    """Collection -> id -> entity; of two with one id, the first."""
    repeated: tuple[tuple[Entity, Entity], ...]
    """Entities whose id was taken, each with the one that holds it."""
    references: Sequence[Reference]
    today: date
    unreadable: frozenset[str] = frozenset()
    """Sections with a file that could not be read; absent parts may be in it."""
    _incoming: dict[tuple[str, str], list[Reference]] = field(default_factory=dict, repr=False)
    _outgoing: dict[tuple[str, str], list[Reference]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        source, made = None, list[Reference]()
        for reference in self.references:
            self._incoming.setdefault((reference.collection, reference.target), []).append(reference)
            if reference.source is not source:  # those of an entity stand together, but for those of others inside it
                source = reference.source
                made = self._outgoing.setdefault(source.key, []) if source else []
            made.append(reference)

    def all(self, collection: str) -> Iterator[Entity]:
        """The sound entities of a collection, in the order of the files."""
        return (entity for entity in self.entities.get(collection, {}).values() if entity.sound)

    def find(self, collection: str, target: str) -> Entity | None:
        """The entity of that name, sound or not, or None."""
        return self.entities.get(collection, {}).get(target)

    def to(self, entity: Entity) -> Sequence[Reference]:
        """References that name the entity."""
        return self._incoming.get(entity.key, ())

    def of(self, entity: Entity) -> Sequence[Reference]:
        """References that the entity makes."""
        return self._outgoing.get(entity.key, ())

    def naming(self, entity: Entity, collection: str) -> list[Entity]:
        """The sound entities of a collection that name an entity; quicker than to ask each of the collection."""
        sources = (reference.source for reference in self.to(entity))
        return list(dict.fromkeys(each for each in sources if each and each.collection == collection and each.sound))

    def sound(self, *sections: str) -> bool:
        """Whether each section can be reasoned about: read whole and well formed, or simply absent."""
        return all(
            name not in self.unreadable and (name not in self.parts or self.parts[name].sound) for name in sections
        )

    def applies(self, section: str) -> bool:
        """False when the company declared that it does not need the section."""
        part = self.parts.get(section)
        return part is None or part.not_applicable is None

    @property
    def identity(self) -> Part | None:
        """The section that says what manual this is, whole and well formed; None when it cannot be reasoned about."""
        part = self.parts.get("manual")
        return part if part is not None and part.sound and part.not_applicable is None else None

    def services(self) -> Iterator[Entity]:
        """The services that the company offers: active and on trial, not the retired ones."""
        return (service for service in self.all("servicios") if service["estado"] != "retirado")

    def title(self, entity: Entity) -> str:
        """What people read for an entity: its name, or that of the thing it is about."""
        name = entity.data.get("nombre")
        if isinstance(name, str):
            return name
        about = self.about(entity)
        return self.title(about) if about is not None else entity.id

    def about(self, entity: Entity) -> Entity | None:
        """The thing that identifies an entity: the service of an offer, the role of a collaborator."""
        key = self.spine.identified_by.get(entity.collection)
        return self.find(key, entity.id) if key else None
