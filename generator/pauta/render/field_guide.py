"""The guide to the fields of a section: what each is and how it is written, from its schema."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from pauta.render.html import join, tag
from pauta.spine import Field, Kind, Section


def field_groups(section: Section) -> list[tuple[str, Field]]:
    """The groups of fields of a section, each with a title that says where it stands."""
    groups = []
    for path, described in section.root.walk():
        if described.kind is Kind.OBJECT and described.type != "horario" and "control" not in path:
            groups.append((_group_title(section, path), described))
    return groups


def _group_title(section: Section, path: Sequence[str]) -> str:
    if not path:
        return "En el archivo"
    names: list[str] = []
    here = section.root
    for step in path:
        below = here.item if step == "*" else here.children[step]
        if below is None:
            break
        here = below
        if step == "*":
            names[-1] = f"Cada elemento de «{names[-1]}»" if len(names) == 1 else names[-1]
        else:
            names.append(here.title)
    return " › ".join(names)


def how_to_write(described: Field) -> Markup:
    """How a value of a field is written, for the field guide."""
    if described.kind is Kind.LIST and described.item is not None:
        return _how_to_list(described.item)
    if described.labels:
        values = [tag("code", name) + f" ({label})" for name, label in described.labels.items()]
        return Markup("Uno de estos: {}.").format(join(values, ", "))
    if described.reference:
        return Markup("El identificador de un elemento de <code>{}</code>.").format(described.reference)
    if described.kind is not Kind.TEXT:
        return _OTHER_KINDS[described.kind]
    if not described.type and not described.schema.get("format"):
        return _plain_text(described)
    text = escape(described.how_to_write)
    shown = " ".join(described.examples[:1])
    return text if "por ejemplo" in text or not shown else text + Markup(" Por ejemplo: <code>{}</code>.").format(shown)


_OTHER_KINDS = {
    Kind.OBJECT: Markup("Un grupo de campos, debajo y con sangría."),
    Kind.BOOLEAN: Markup("<code>true</code> para sí, <code>false</code> para no."),
    Kind.INTEGER: Markup("Un número entero, sin comillas."),
    Kind.NUMBER: Markup("Un número, sin comillas."),
}


def _plain_text(described: Field) -> Markup:
    if described.is_long_text:
        return Markup("Un texto de uno o varios párrafos.")
    if described.name == "id":
        return escape(described.how_to_write)
    return Markup("Un texto corto, en un renglón.")


def _how_to_list(item: Field) -> Markup:
    if item.kind is Kind.OBJECT:
        return Markup("Una lista: cada elemento empieza con un guion y lleva los campos de su grupo.")
    inner = how_to_write(item)
    return Markup("Una lista, con un guion delante de cada elemento: ") + inner[0].lower() + inner[1:]
