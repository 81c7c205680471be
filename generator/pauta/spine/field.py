"""A field of a section: what its schema says of it, ready to ask."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Schema = Mapping[str, Any]


class Kind(StrEnum):
    """The shape of a field's value."""

    OBJECT = "object"
    LIST = "array"
    TEXT = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One field. A list's single ``item`` and an object's ``children`` are fields too."""

    name: str
    kind: Kind
    title: str
    description: str
    required: bool
    schema: Schema
    children: Mapping[str, "Field"]
    item: "Field | None"

    @property
    def collection(self) -> str | None:
        """The collection whose entities this list holds (``x-coleccion``)."""
        return self.schema.get("x-coleccion")

    @property
    def key(self) -> str:
        """The name of the field that identifies an entity of this collection (``x-clave``)."""
        return str(self.schema.get("x-clave", "id"))

    @property
    def page_folder(self) -> str | None:
        """The folder of the site in which each entity of this collection has its page (``x-pagina``)."""
        return self.schema.get("x-pagina")

    @property
    def reference(self) -> str | None:
        """The collection in which this text must name an entity (``x-ref``)."""
        return self.schema.get("x-ref")

    @property
    def type(self) -> str | None:
        """How the text is read as a typed value: duracion, dinero… (``x-tipo``)."""
        return self.schema.get("x-tipo")

    @property
    def labels(self) -> Mapping[str, str]:
        """What people read for each value of an enumeration (``x-etiquetas``)."""
        labels: Mapping[str, str] = self.schema.get("x-etiquetas", {})
        return labels

    @property
    def is_long_text(self) -> bool:
        """Whether the text may have several paragraphs (``x-texto-largo``)."""
        return bool(self.schema.get("x-texto-largo"))

    @property
    def visibility(self) -> str:
        """Who may read it: publico, interno or confidencial (``x-visibilidad``)."""
        return str(self.schema.get("x-visibilidad", "interno"))

    @property
    def direction(self) -> str | None:
        """Which way a change is for the better: mayor, menor or segun_sentido (``x-sentido``)."""
        return self.schema.get("x-sentido")

    @property
    def affects(self) -> tuple[str, ...] | None:
        """Whom a change affects, nobody when it is empty; None when the schema does not say (``x-afecta``)."""
        said = self.schema.get("x-afecta")
        return None if said is None else tuple(said)

    @property
    def is_commitment(self) -> bool:
        """Whether it is promised, to customers or between areas (``x-compromiso``)."""
        return bool(self.schema.get("x-compromiso"))

    @property
    def is_material(self) -> bool:
        """Whether a role must know it (``x-material``)."""
        return bool(self.schema.get("x-material"))

    @property
    def how_to_write(self) -> str:
        """A sentence that tells how to write a valid value (``x-como-escribirlo``)."""
        return str(self.schema.get("x-como-escribirlo", ""))

    @property
    def examples(self) -> tuple[str, ...]:
        """Values that are valid here."""
        return tuple(str(example) for example in self.schema.get("examples", ()))

    def at(self, path: tuple[str | int, ...]) -> "Field | None":
        """The field that describes the value at a path below this one, or None if there is none."""
        here: Field | None = self
        for step in path:
            if here is None:
                return None
            here = here.children.get(step) if isinstance(step, str) else here.item
        return here

    def walk(self) -> Iterator[tuple[tuple[str, ...], "Field"]]:
        """This field and all below it, each with its path; ``*`` stands for any position."""
        yield (), self
        below = dict(self.children)
        if self.item is not None:
            below["*"] = self.item
        for name, child in below.items():
            for path, field in child.walk():
                yield (name, *path), field


def make_field(schema: Schema, name: str = "", *, required: bool = False) -> Field:
    """The field of a schema whose references are already resolved."""
    needed = schema.get("required", ())
    children = {
        child: make_field(below, child, required=child in needed)
        for child, below in schema.get("properties", {}).items()
    }
    items = schema.get("items")
    return Field(
        name=name,
        kind=Kind(schema["type"]),
        title=str(schema.get("title", name)),
        description=str(schema.get("description", "")),
        required=required,
        schema=schema,
        children=children,
        item=make_field(items, name) if items is not None else None,
    )
