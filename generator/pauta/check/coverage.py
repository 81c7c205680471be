"""Which parts of a manual speak of a service: the question behind every «service without…»."""

from collections.abc import Iterator

from pauta.check.rule import Problem
from pauta.model import Entity, Manual


def spoken_of(manual: Manual, service: Entity, collection: str) -> bool:
    """Whether some entity of the collection names the service, even one with mistakes to mend."""
    return any(
        reference.source is not None and reference.source.collection == collection
        for reference in manual.to(service)
    )


def services_without(manual: Manual, collection: str, message: str, mend: str) -> Iterator[Problem]:
    """A problem for each offered service that no entity of the collection names.

    ``message`` and ``mend`` may hold {service} (its name) and {id}. A section declared as not
    applicable is complete.
    """
    section, _ = manual.spine.collections[collection]
    if not manual.applies(section.name) or section.name not in manual.parts:
        return
    for service in manual.services():
        if not spoken_of(manual, service, collection):
            words = {"service": manual.title(service), "id": service.id}
            yield Problem(service.at(), message.format(**words), mend.format(**words))
