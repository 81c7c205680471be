"""Which roles a change concerns."""

from collections.abc import Iterable, Iterator

from pauta.model import Entity, Manual

_ROLES = "roles"


def of_thing(manual: Manual, thing: Entity) -> set[str]:
    """Roles that a thing names, those around it, and those of the things that it names or that are about these.

    An agreement on a service so concerns who attends the channel and who does the steps of its offer.
    """
    roles: set[str] = {thing.id} if thing.collection == _ROLES else set()
    here: Entity | None = thing
    while here is not None:
        roles |= set(_named(manual, here))
        for near in _near(manual, here) if here is thing else ():
            roles |= set(_named(manual, near))
        here = here.parent
    return roles


def of_field(manual: Manual, section: str, top: str) -> set[str]:
    """Roles that a section names in one of its fields, outside its things."""
    return {
        reference.target
        for reference in manual.references
        if reference.source is None
        and (reference.section, reference.collection) == (section, _ROLES)
        and reference.path[:1] == (top,)
    }


def _named(manual: Manual, thing: Entity) -> Iterator[str]:
    return (reference.target for reference in manual.of(thing) if reference.collection == _ROLES)


def _near(manual: Manual, thing: Entity) -> Iterable[Entity]:
    about = manual.spine.identified_by
    for reference in manual.of(thing):
        if reference.collection == _ROLES:
            continue
        for collection in (reference.collection, *(name for name, of in about.items() if of == reference.collection)):
            near = manual.find(collection, reference.target)
            if near is not None and near is not thing:
                yield near
