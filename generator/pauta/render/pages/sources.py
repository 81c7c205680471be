"""The pages that show the files of the manual line by line, with what the readers may not see covered."""

from collections.abc import Iterator

from pauta.load import Loaded
from pauta.render import places
from pauta.render.audience import hidden_spans
from pauta.render.source import render_source
from pauta.render.workshop import Workshop


def source_pages(shop: Workshop, original: Loaded) -> Iterator[tuple[str, str]]:
    """Path and content of the page of each file."""
    for name, documents in original.documents.items():
        section = shop.manual.spine.sections[name]
        for document in documents:
            spans = hidden_spans(document, section, shop.site.audience)
            yield places.source_page(document.path), render_source(document, name, section.title, spans)
