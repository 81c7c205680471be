"""Figures: what the manual says, drawn; whatever a text holds, it stays a text and stays inside."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import NOT_APPLICABLE, ManualCopy, reference_copy
from pauta.figures import complaint_flow, service_triangle
from pauta.figures.svg import BODY, Ink, Type, text_block, width_of, wrap
from pauta.model import Entity

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {"svg", "title", "desc", "a", "g", "text", "tspan", "rect", "circle", "line", "path"}
HOSTILE = (
    "<script>alert(1)</script>",
    "a & b < c > d",
    "{{ 7 * 7 }}",
    "]]> -->",
    "W" * 250,
    "palabra " * 35,
    "超长的文字" * 40,
    "🔥" * 60,
    "ünïcódé ÑÑÑ",
    "\u202eal revés",
    "</text></svg>",
)


def triangle_of(copy: ManualCopy) -> ET.Element:
    return parsed(service_triangle(copy.check().manual, "#{}".format))


def flow_of(copy: ManualCopy) -> ET.Element:
    return parsed(complaint_flow(copy.check().manual, address))


def address(entity: Entity) -> str:
    return f"#{entity.collection}-{entity.id}".replace("_", "-")


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own figure


@pytest.fixture
def copy(tmp_path: Path) -> ManualCopy:
    return reference_copy(tmp_path)


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    manual = reference_copy(tmp_path_factory.mktemp("figuras")).check().manual
    return {"triangle": service_triangle(manual, "#{}".format), "flow": complaint_flow(manual, address)}


def rename(copy: ManualCopy, file: str, collection: str, names: Sequence[str]) -> None:
    """Give other names to the first entries of a collection."""
    text = copy.path(file).read_text("utf-8")
    start = re.search(rf"^ *{collection}:$", text, re.MULTILINE)
    assert start is not None
    head, rest = text[: start.end()], text[start.end() :]
    new = iter(names)
    copy.write(file, head + re.sub(r"(?<= nombre: ).*", lambda _: f"'{next(new).strip()}'", rest, count=len(names)))


@dataclass(frozen=True)
class Placed:
    """A text where it is drawn, by its estimated width."""

    text: str
    left: float
    right: float
    base: float


def placed(root: ET.Element) -> list[Placed]:
    return list(_placed(root, {}))


def _placed(node: ET.Element, inherited: dict[str, str]) -> Iterator[Placed]:
    here = {**inherited, **node.attrib}
    if node.tag != f"{SVG}text":
        for child in node:
            yield from _placed(child, here)
        return
    width = _width(node, here)
    x = float(here["x"])
    left = {"start": x, "middle": x - width / 2, "end": x - width}[here.get("text-anchor", "start")]
    yield Placed("".join(node.itertext()), left, left + width, float(here["y"]))


def _width(node: ET.Element, here: dict[str, str]) -> float:
    type_ = Type(float(here["font-size"]), 0, bold="font-weight" in here)
    spans = sum(
        _width(span, {**here, **span.attrib}) + float(span.get("dx", 0)) + width_of(span.tail or "", type_)
        for span in node
    )
    return width_of(node.text or "", type_) + spans


def shown(root: ET.Element) -> str:
    return "\n".join(each.text for each in placed(root))


@pytest.mark.parametrize("name", ["triangle", "flow"])
class TestEveryFigure:
    def test_it_has_a_name_and_a_description(self, figures: dict[str, str], name: str) -> None:
        root = parsed(figures[name])
        by_id = {node.get("id"): node for node in root.iter() if node.get("id")}
        assert len(by_id[root.get("aria-labelledby")].text or "") > 10
        assert len(by_id[root.get("aria-describedby")].text or "") > 50

    def test_its_links_are_not_hidden_by_the_role_of_an_image(self, figures: dict[str, str], name: str) -> None:
        root = parsed(figures[name])
        assert root.get("role") == "group"
        links = list(root.iter(f"{SVG}a"))
        assert links
        assert all("".join(link.itertext()).strip() and (link.get("href") or "").startswith("#") for link in links)

    def test_it_is_only_shapes_and_text(self, figures: dict[str, str], name: str) -> None:
        root = parsed(figures[name])
        assert {node.tag.removeprefix(SVG) for node in root.iter()} <= SHAPES
        attributes = {key for node in root.iter() for key in node.attrib}
        assert not {key for key in attributes if key.startswith("on") or key in {"style", "font-family", "marker-end"}}

    def test_every_colour_has_a_class_by_which_the_dark_scheme_changes_it(
        self, figures: dict[str, str], name: str
    ) -> None:
        known = {one for ink in Ink for one in ink.split()}
        for node in parsed(figures[name]).iter():
            if node.get("fill") or node.get("stroke"):
                assert set((node.get("class") or "").split()) <= known
                assert node.get("class")

    def test_no_text_leaves_the_drawing(self, figures: dict[str, str], name: str) -> None:
        assert_inside(parsed(figures[name]))

    def test_it_is_one_small_line(self, figures: dict[str, str], name: str) -> None:
        assert "\n" not in figures[name], "a blank line inside would end a block of HTML in Markdown"
        assert 1_000 < len(figures[name].encode()) < 8_192

    def test_it_is_the_same_every_time(self, figures: dict[str, str], name: str, copy: ManualCopy) -> None:
        manual = copy.check().manual
        again = service_triangle(manual, "#{}".format) if name == "triangle" else complaint_flow(manual, address)
        assert again == figures[name]


def assert_inside(root: ET.Element) -> None:
    """No text leaves the drawing, nor the card it is written on."""
    _, _, width, height = (float(number) for number in (root.get("viewBox") or "").split())
    for text in placed(root):
        assert 0 <= text.left <= text.right <= width, text
        assert 0 <= text.base <= height, text
    for link in root.iter(f"{SVG}a"):
        for card in link.findall(f"{SVG}rect"):
            left, right = float(card.attrib["x"]), float(card.attrib["x"]) + float(card.attrib["width"])
            inside = {**root.attrib, **link.attrib}
            assert all(text.right <= right for text in _placed(link, inside) if text.left >= left)


class TestTriangle:
    def test_the_customer_is_at_the_centre_with_the_counts_around(self, figures: dict[str, str]) -> None:
        root = parsed(figures["triangle"])
        links = {link.get("href"): " ".join(link.itertext()) for link in root.iter(f"{SVG}a")}
        assert list(links) == ["#cliente", "#estrategias", "#colaboradores", "#sistemas"]
        assert "5 necesidades" in links["#cliente"]
        assert links["#estrategias"].startswith("5   Estrategias")
        assert links["#colaboradores"].startswith("13   Colaboradores")
        assert links["#sistemas"].startswith("6   Sistemas")

    def test_it_names_the_first_and_counts_the_others(self, figures: dict[str, str]) -> None:
        words = shown(parsed(figures["triangle"]))
        assert "Resolver en el primer contacto" in words
        assert "y 2 más" in words

    def test_a_vertex_without_entries_says_so(self, copy: ManualCopy) -> None:
        text = copy.path("triangulo.yml").read_text("utf-8")
        start, end = text.index("\nestrategias:"), text.index("\ncolaboradores:")
        copy.write("triangulo.yml", text[:start] + "\nestrategias: []\n" + text[end:])
        root = triangle_of(copy)
        assert "▲ Sin entradas" in shown(root)
        assert_inside(root)

    def test_one_need_is_one_need(self, copy: ManualCopy) -> None:
        for need in ("nec_respuesta_rapida", "nec_cuenta_clara", "nec_trato_humano", "nec_control"):
            copy.cut("triangulo.yml", f"- id: {need}")
        assert "1 necesidad\n" in shown(triangle_of(copy))

    def test_many_entries_still_fit(self, copy: ManualCopy) -> None:
        more = "".join(
            f"  - id: sis_{n}\n    nombre: Otro\n    tipo: virtual\n    descripcion: Sirve.\n    conveniencia_cliente: Ayuda.\n"
            for n in range(1_200)
        )
        copy.add("triangulo.yml", more)
        root = triangle_of(copy)
        assert "1206" in shown(root)
        assert_inside(root)

    @pytest.mark.parametrize("texts", [HOSTILE[n : n + 3] for n in range(0, len(HOSTILE), 3)])
    def test_a_hostile_name_is_text_and_stays_inside(self, copy: ManualCopy, texts: tuple[str, ...]) -> None:
        for collection in ("estrategias", "sistemas"):
            rename(copy, "triangulo.yml", collection, texts)
        root = triangle_of(copy)
        assert {node.tag.removeprefix(SVG) for node in root.iter()} <= SHAPES
        assert all(shown(root).count(text.strip()[:4]) >= 2 for text in texts)
        assert_inside(root)


class TestComplaintFlow:
    def test_it_tells_each_stage_its_term_and_who_answers(self, figures: dict[str, str]) -> None:
        links = [" ".join(link.itertext()) for link in parsed(figures["flow"]).iter(f"{SVG}a")]
        assert links[0] == "30 minutos 1 Recibir y escuchar Asesor de atención"
        assert links[7] == "8 días hábiles 8 Volver a preguntar Gestor de quejas"
        assert links[8:] == [
            "Leve Supervisor de atención 5 días hábiles",
            "Media Gestor de quejas 3 días hábiles",
            "Grave Gerente de servicio 1 día hábil",
        ]

    def test_time_runs_down(self, figures: dict[str, str]) -> None:
        heights = {text.text: text.base for text in placed(parsed(figures["flow"]))}
        stages = [heights[str(number)] for number in range(1, 9)]
        assert stages == sorted(stages)
        assert heights["Se recibe la queja"] < stages[0]

    def test_the_limit_of_the_final_answer_stands_after_the_stage_that_reaches_it(
        self, figures: dict[str, str]
    ) -> None:
        heights = {text.text: text.base for text in placed(parsed(figures["flow"]))}
        assert (
            heights["Dar la respuesta final"] < heights["Hasta aquí, la respuesta final"] < heights["Cumplir y cerrar"]
        )

    def test_without_a_stage_at_the_limit_there_is_no_mark(self, copy: ManualCopy) -> None:
        copy.edit("quejas.yml", "plazo_maximo: 5 días hábiles", "plazo_maximo: 6 días hábiles")
        root = flow_of(copy)
        assert "Hasta aquí" not in shown(root)
        assert "6 días hábiles" in (root.findtext(f"{SVG}desc") or "")

    def test_a_company_that_declares_it_does_not_need_the_section_has_no_figure(self, copy: ManualCopy) -> None:
        copy.write("quejas.yml", NOT_APPLICABLE)
        assert complaint_flow(copy.check().manual, address) == ""
        copy.remove("quejas.yml")
        assert complaint_flow(copy.check().manual, address) == ""

    def test_a_hostile_name_is_text_and_stays_inside(self, copy: ManualCopy) -> None:
        rename(copy, "quejas.yml", "gravedades", HOSTILE[:3])
        rename(copy, "quejas.yml", "etapas", HOSTILE[3:])
        copy.edit("roles.yml", "nombre: Gestor de quejas", f"nombre: '{HOSTILE[0]}'")
        root = flow_of(copy)
        assert {node.tag.removeprefix(SVG) for node in root.iter()} <= SHAPES
        assert all(text.strip()[:4] in shown(root) for text in HOSTILE)
        assert_inside(root)

    def test_an_address_cannot_leave_its_attribute(self, copy: ManualCopy) -> None:
        root = parsed(complaint_flow(copy.check().manual, lambda _: '"><script>alert(1)</script>'))
        assert {node.tag.removeprefix(SVG) for node in root.iter()} <= SHAPES


class TestWrapping:
    TYPE = Type(BODY, 17)

    @given(st.text(), st.integers(30, 400), st.integers(1, 4))
    def test_no_line_is_wider_than_asked(self, text: str, width: int, lines: int) -> None:
        wrapped = wrap(text, self.TYPE, width, lines=lines)
        assert len(wrapped) <= lines
        assert all(width_of(line, self.TYPE) <= width for line in wrapped)

    @given(st.text())
    def test_any_text_is_well_formed(self, text: str) -> None:
        parsed(str(text_block(wrap(text, self.TYPE, 200, lines=3), 0, 0, self.TYPE)))

    def test_what_fits_is_whole_and_what_does_not_is_seen_to_be_cut(self) -> None:
        assert wrap("Dar la respuesta final", self.TYPE, 200, lines=1) == ("Dar la respuesta final",)
        *whole, last = wrap("Dar la respuesta final al cliente por escrito", self.TYPE, 120, lines=2)
        assert whole == ["Dar la respuesta"]
        assert last.startswith("final al cliente")
        assert last.endswith("…")
