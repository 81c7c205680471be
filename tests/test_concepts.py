"""Every concept of a service manual is in a schema, in the reference manual and on a page, and docs/cobertura.md says where."""

import re
from collections import Counter
from functools import cache

import pytest

from built_site import BuiltSite, HtmlPage
from concepts import (
    CONCEPTS,
    COVERAGE,
    Concept,
    Place,
    coverage_table,
    field_of,
    is_group,
    place_of,
    read_concepts,
    reference_manual,
)
from pauta.model import Manual
from pauta.render.audience import hidden
from pauta.render.formats import locale_of
from pauta.render.glossary import Glossary
from pauta.render.page import Page, Site
from pauta.spine import Kind

_FIRST_WORDS = 6
_SUBJECTS = read_concepts(CONCEPTS.read_text("utf-8"))
_ALL = [concept for subject in _SUBJECTS for concept in subject.concepts]


@pytest.fixture(scope="module")
def manual() -> Manual:
    return reference_manual()


def test_the_page_that_says_where_each_concept_lives_is_up_to_date(manual: Manual) -> None:
    assert COVERAGE.read_text("utf-8") == coverage_table(manual, _SUBJECTS), "run «make docs»"


def test_no_concept_stands_twice() -> None:
    assert [name for name, times in Counter(concept.id for concept in _ALL).items() if times > 1] == []
    assert [name for name, times in Counter(concept.name for concept in _ALL).items() if times > 1] == []
    assert all(re.fullmatch(r"c(-[a-z0-9]+)+", concept.id) for concept in _ALL)


def test_a_schema_has_a_field_for_every_concept(manual: Manual) -> None:
    """A group of fields would be too easy: what says a concept is a value."""
    without = [
        wanted.written
        for concept in _ALL
        for wanted in concept.wanted
        if (field := field_of(manual, wanted)) is None or is_group(field)
    ]
    assert without == []


def test_the_reference_manual_says_every_concept(manual: Manual) -> None:
    unsaid = [wanted.written for concept in _ALL for wanted in concept.wanted if place_of(manual, wanted) is None]
    assert unsaid == []


def test_every_section_is_behind_some_concept(manual: Manual) -> None:
    assert {wanted.section for concept in _ALL for wanted in concept.wanted} == set(manual.parts)


@pytest.mark.parametrize("concept", _ALL, ids=lambda concept: concept.id)
def test_a_page_shows_the_concept(manual: Manual, concept: Concept, request: pytest.FixtureRequest) -> None:
    """What the table promises is read where it says; what is reserved, on the site of the management."""
    for wanted in concept.wanted:
        place = place_of(manual, wanted)
        assert place, wanted.written
        audience = "confidencial" if hidden(place.field, "interno") else "interno"
        built: BuiltSite = request.getfixturevalue("other_site" if audience == "confidencial" else "site")
        assert place.page in built.pages, wanted.written
        page = built.pages[place.page]
        assert not place.anchor or place.anchor in page.ids, f"{wanted.written}: {place.page}#{place.anchor}"
        words = _first_words(manual, place, audience, concept.reads_as)
        assert [each for each in words if each.casefold() not in _read(page)] == [], f"{wanted.written}: {place.page}"


@cache
def _read(page: HtmlPage) -> str:
    return page.article.text.casefold()


def _first_words(manual: Manual, place: Place, audience: str, reads_as: str) -> list[str]:
    """How what is said at a place begins, as a page shows it."""
    field, entity = place.field, place.entity
    if field.kind is Kind.BOOLEAN:
        return [reads_as or field.title]
    if entity and place.path[len(entity.path) :] == (manual.spine.keys[entity.collection],):
        return [manual.title(entity)]
    page = Page(Site(manual, Glossary(), locale_of("GT"), audience), place.page)
    values = place.value if field.item else [place.value]
    texts = (HtmlPage(place.page, page.show(field.item or field, value)).tree.text for value in values)
    return [" ".join(text.split()[:_FIRST_WORDS]) for text in texts]
