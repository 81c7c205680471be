"""Pictures of the customer's path: the cycle of service, its chain and its plan."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from helpers import NOT_APPLICABLE, ManualCopy, reference_copy
from pauta.figures.blueprint import service_blueprint
from pauta.figures.service_chain import service_chain
from pauta.figures.service_cycle import service_cycle
from pauta.figures.svg import Ink
from pauta.model import Entity, Manual
from test_figures import HOSTILE, SHAPES, SVG, Placed, address, assert_inside, parsed, placed, shown

MINIMAL = Path(__file__).parents[1] / "schema" / "ejemplos" / "momentos" / "bien" / "minimo.yml"
TYPES = ("necesidad", "investigacion", "eleccion", "compra", "despues_de_la_compra", "reaccion")
NAMES = (
    "Se entera de que existe una opción mejor",
    "Paga",
    "Pregunta por un renglón que no entiende",
    "Escoge plan y firma",
    "Habla de su mudanza con los vecinos nuevos",
    "Recibe a la cuadrilla y navega",
    "Vive su primer mes",
)
HEAD = """\
control:
  responsable: gerente_servicio
  ultima_revision: 2026-10-27
  revisar_cada: 6 meses
  estado: vigente
momentos:
"""

Draw = Callable[[Manual], str]


def first_cycle(manual: Manual) -> Entity:
    return next(manual.all("ciclos"))


def of_cycle(manual: Manual, cycle: Entity) -> list[Entity]:
    return [manual.entities["momentos"][name] for name in cycle["momentos"]]


def cycle_of(manual: Manual) -> str:
    return service_cycle(manual, first_cycle(manual), address)


def chain_of(manual: Manual) -> str:
    return service_chain(manual, of_cycle(manual, first_cycle(manual)), address)


def plan_of(manual: Manual) -> str:
    return service_blueprint(manual, first_cycle(manual), address)


DRAWN: dict[str, Draw] = {"cycle": cycle_of, "chain": chain_of, "plan": plan_of}


@pytest.fixture
def copy(tmp_path: Path) -> ManualCopy:
    return reference_copy(tmp_path)


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Manual:
    return reference_copy(tmp_path_factory.mktemp("figuras")).check().manual


def write_path(copy: ManualCopy, names: Sequence[str], order: Mapping[int, Sequence[int]] | None = None) -> Manual:
    """A manual with one cycle of moments of these names; ``order`` tells which go before which."""
    after = order if order is not None else {n: [n + 1] for n in range(len(names) - 1)}
    copy.write("momentos.yml", HEAD + "".join(_moment(n, name, after) for n, name in enumerate(names)) + _cycle(names))
    return copy.check().manual


def _moment(number: int, name: str, after: Mapping[int, Sequence[int]], count: int = 6) -> str:
    following = f"    antes_de: [{', '.join(f'mo_{n}' for n in after[number])}]\n" if number in after else ""
    return f"""\
  - id: mo_{number}
    nombre: '{name.strip()}'
    tipo: {TYPES[number // 2 % count]}
    contacto_humano: {"false" if number % 3 == 0 else "true"}
    critico: {"true" if number % 4 == 1 else "false"}
    cliente_hace: '{name.strip()}'
    expectativa: Que salga bien.
{following}"""


def _cycle(names: Sequence[str]) -> str:
    return f"""\
ciclos:
  - id: ci_prueba
    nombre: '{names[-1].strip()}'
    servicio: instalacion
    momentos: [{", ".join(f"mo_{n}" for n in range(len(names)))}]
    vista_cliente: Así lo viví.
    punto_alto: mo_1
    responsable: gerente_servicio
"""


def links(root: ET.Element) -> dict[str, str]:
    """What each address is said to lead to."""
    said: dict[str, str] = {}
    for node in root.iter(f"{SVG}a"):
        said[node.attrib["href"]] = f"{said.get(node.attrib['href'], '')} {' '.join(node.itertext())}".strip()
    return said


def link_to(root: ET.Element, moment: str) -> ET.Element:
    """The first link to a moment, which holds its mark."""
    return next(node for node in root.iter(f"{SVG}a") if node.get("href") == f"#momentos-mo-{moment}")


def inks(node: ET.Element, shape: str) -> list[str | None]:
    return [each.get("class") for each in node.iter(f"{SVG}{shape}")]


def boxes(root: ET.Element) -> dict[str, tuple[float, float, float, float]]:
    """Left, top, right and bottom of the first box that leads to each address."""
    found: dict[str, tuple[float, float, float, float]] = {}
    for node in root.iter(f"{SVG}a"):
        for box in node.findall(f"{SVG}rect"):
            left, top, width, height = (float(box.attrib[key]) for key in ("x", "y", "width", "height"))
            found.setdefault(node.attrib["href"], (left, top, left + width, top + height))
    return found


def assert_apart(texts: Sequence[Placed]) -> None:
    """No text is written over another."""
    for one, other in combinations(texts, 2):
        beside = one.right <= other.left or other.right <= one.left
        assert beside or abs(one.base - other.base) >= 9, (one, other)


@pytest.mark.parametrize("name", DRAWN)
class TestEveryOne:
    def test_each_moment_is_there_with_its_link_and_its_name(self, manual: Manual, name: str) -> None:
        said = links(parsed(DRAWN[name](manual)))
        moments = of_cycle(manual, first_cycle(manual))
        assert list(said) == [address(moment) for moment in moments]
        for number, moment in enumerate(moments, 1):
            assert manual.title(moment) in said[address(moment)]
            assert str(number) in said[address(moment)].split()

    def test_it_has_a_name_and_a_description(self, manual: Manual, name: str) -> None:
        root = parsed(DRAWN[name](manual))
        texts = {node.get("id"): node.text or "" for node in root.iter() if node.get("id")}
        assert len(texts[root.get("aria-labelledby")]) > 10
        assert "Momentos críticos: 4, 5." in texts[root.get("aria-describedby")]
        assert "Sin contacto humano: 1, 2, 3." in texts[root.get("aria-describedby")]

    def test_those_of_two_cycles_can_be_on_one_page(self, manual: Manual, name: str) -> None:
        one, other = list(manual.all("ciclos"))[:2]
        draws: dict[str, Callable[[Entity], str]] = {
            "cycle": lambda cycle: service_cycle(manual, cycle, address),
            "chain": lambda cycle: service_chain(manual, of_cycle(manual, cycle), address),
            "plan": lambda cycle: service_blueprint(manual, cycle, address),
        }
        draw = draws[name]
        ids = [node.get("id") for svg in (draw(one), draw(other)) for node in parsed(svg).iter() if node.get("id")]
        assert len(set(ids)) == len(ids) == 4

    def test_a_critical_moment_has_a_sign_besides_its_colour(self, manual: Manual, name: str) -> None:
        root = parsed(DRAWN[name](manual))
        assert Ink.ALERT in inks(link_to(root, "contratar-eleccion"), "circle")
        assert "!" in link_to(root, "contratar-eleccion").itertext()
        assert "!" not in link_to(root, "contratar-primer-mes").itertext()
        assert "Momento crítico" in shown(root)

    def test_a_moment_without_people_has_another_shape(self, manual: Manual, name: str) -> None:
        root = parsed(DRAWN[name](manual))
        assert inks(link_to(root, "contratar-fachada"), "circle") == []
        assert Ink.ACCENT in inks(link_to(root, "contratar-fachada"), "path")
        assert Ink.ACCENT in inks(link_to(root, "contratar-primer-mes"), "circle")
        assert "Sin contacto humano" in shown(root)

    def test_signs_that_are_not_used_are_not_explained(self, copy: ManualCopy, name: str) -> None:
        path = copy.path("momentos.yml")
        calm = path.read_text("utf-8").replace("critico: true", "critico: false")
        calm = calm.replace("contacto_humano: false", "contacto_humano: true")
        copy.write("momentos.yml", re.sub(r"\n    punto_alto:.*", "", calm))
        words = shown(parsed(DRAWN[name](copy.check().manual)))
        assert not {"!", "Momento crítico", "Sin contacto humano", "Punto alto"} & set(words.splitlines())

    def test_it_is_one_line_of_shapes_with_texts_that_stay_inside(self, manual: Manual, name: str) -> None:
        svg = DRAWN[name](manual)
        assert "\n" not in svg, "a blank line inside would end a block of HTML in Markdown"
        assert {node.tag.removeprefix(SVG) for node in parsed(svg).iter()} <= SHAPES
        assert_inside(parsed(svg))
        assert_apart(placed(parsed(svg)))

    def test_every_colour_has_a_class_by_which_the_dark_scheme_changes_it(self, manual: Manual, name: str) -> None:
        known = {one for ink in Ink for one in ink.split()}
        for node in parsed(DRAWN[name](manual)).iter():
            if node.get("fill") or node.get("stroke"):
                assert set((node.get("class") or "none").split()) <= known

    def test_it_is_the_same_every_time(self, manual: Manual, name: str, copy: ManualCopy) -> None:
        assert DRAWN[name](copy.check().manual) == DRAWN[name](manual)

    @pytest.mark.parametrize("texts", [HOSTILE[:4], HOSTILE[4:7], HOSTILE[7:], HOSTILE])
    def test_a_hostile_name_is_text_and_stays_inside(self, copy: ManualCopy, name: str, texts: tuple[str, ...]) -> None:
        root = parsed(DRAWN[name](write_path(copy, texts)))
        assert {node.tag.removeprefix(SVG) for node in root.iter()} <= SHAPES
        assert all(text.strip()[:4] in shown(root) for text in texts)
        assert_inside(root)
        assert_apart(placed(root))

    def test_an_address_cannot_leave_its_attribute(self, manual: Manual, name: str) -> None:
        cycle, evil = first_cycle(manual), '"><script>alert(1)</script>'
        svg = {
            "cycle": lambda: service_cycle(manual, cycle, lambda _: evil),
            "chain": lambda: service_chain(manual, of_cycle(manual, cycle), lambda _: evil),
            "plan": lambda: service_blueprint(manual, cycle, lambda _: evil),
        }[name]()
        assert {node.tag.removeprefix(SVG) for node in parsed(svg).iter()} <= SHAPES

    def test_the_smallest_moment_is_enough(self, copy: ManualCopy, name: str) -> None:
        copy.write("momentos.yml", MINIMAL.read_text("utf-8"))
        root = parsed(DRAWN[name](copy.check().manual))
        assert "Recibe el zapato" in shown(root).replace("\n", " ")
        assert_inside(root)

    def test_without_moments_there_is_no_figure(self, copy: ManualCopy, name: str) -> None:
        ghosts = _cycle(["Uno", "Dos"]).replace("mo_", "nadie_")
        copy.write("momentos.yml", HEAD.replace("momentos:\n", "") + ghosts)
        manual = copy.check().manual
        drawn = {
            "cycle": lambda: service_cycle(manual, manual.entities["ciclos"]["ci_prueba"], address),
            "chain": lambda: service_chain(manual, [], address),
            "plan": lambda: service_blueprint(manual, manual.entities["ciclos"]["ci_prueba"], address),
        }[name]()
        assert drawn == ""


def test_a_company_that_declares_it_does_not_need_the_section_has_no_chain(copy: ManualCopy) -> None:
    copy.write("momentos.yml", NOT_APPLICABLE)
    manual = copy.check().manual
    assert service_chain(manual, list(manual.all("momentos")), address) == ""


class TestCycle:
    def test_time_runs_clockwise_from_the_top(self, manual: Manual) -> None:
        at = {text.text: text for text in placed(parsed(cycle_of(manual)))}
        middle = {number: (at[str(number)].left + at[str(number)].right) / 2 for number in range(1, 8)}
        assert middle[1] == pytest.approx(210)
        assert min(range(1, 8), key=lambda number: at[str(number)].base) == 1
        assert all(middle[number] > 210 for number in (2, 3, 4))
        assert all(middle[number] < 210 for number in (5, 6, 7))
        assert at["2"].base < at["3"].base < at["4"].base
        assert at["5"].base > at["6"].base > at["7"].base

    def test_it_says_where_it_starts_and_what_it_is_of(self, manual: Manual) -> None:
        words = shown(parsed(cycle_of(manual)))
        assert "Inicio" in words
        assert "Poner internet\nen la casa\n7 momentos" in words

    def test_each_moment_says_its_type(self, manual: Manual) -> None:
        said = links(parsed(cycle_of(manual)))
        assert "Necesidad" in said["#momentos-mo-contratar-necesidad"]
        assert "Después de la compra" in said["#momentos-mo-contratar-primer-mes"]

    def test_the_best_part_has_a_star(self, manual: Manual) -> None:
        root = parsed(cycle_of(manual))
        assert Ink.TEXT in inks(link_to(root, "contratar-visita"), "path")
        assert Ink.TEXT not in inks(link_to(root, "contratar-eleccion"), "path")
        assert "Punto alto" in shown(root)

    def test_between_each_moment_and_the_next_there_is_an_arrow(self, manual: Manual) -> None:
        root = parsed(cycle_of(manual))
        arcs = [node for node in root.findall(f"{SVG}path") if "A" in node.attrib["d"]]
        heads = [
            node for node in root.findall(f"{SVG}path") if node.get("class") == Ink.SOFT and "A" not in node.attrib["d"]
        ]
        assert len(arcs) == 7
        assert sum("stroke-dasharray" in arc.attrib for arc in arcs) == 1, "what goes back to the start is broken"
        assert len(heads) == 7 + 1, "one an arrow, and the one of the start"

    @pytest.mark.parametrize("count", range(1, 15))
    def test_names_neither_overlap_nor_leave_the_drawing(self, copy: ManualCopy, count: int) -> None:
        names = [NAMES[n % len(NAMES)] for n in range(count)]
        root = parsed(cycle_of(write_path(copy, names)))
        texts = placed(root)
        assert len(links(root)) == count
        assert "".join(names[0].split()) in "".join(shown(root).split())
        assert_inside(root)
        assert_apart(texts)
        for x, y, radius in circles(root):
            over = [text for text in texts if text.left < x + radius and x - radius < text.right]
            assert all(
                text.base - 9 >= y + radius or text.base <= y - radius or text.text.isdigit() or text.text == "!"
                for text in over
            )

    @pytest.mark.parametrize("count", [14, 40])
    def test_many_moments_are_numbers_with_their_names_below_by_type(self, copy: ManualCopy, count: int) -> None:
        root = parsed(cycle_of(write_path(copy, [NAMES[n % len(NAMES)] for n in range(count)])))
        said = links(root)
        assert all(NAMES[n % len(NAMES)] in said[f"#momentos-mo-{n}"] for n in range(count))
        assert all(said[f"#momentos-mo-{n}"].split().count(str(n + 1)) == 2 for n in range(count))
        assert "Después de la compra" in shown(root)
        assert float(root.attrib["width"]) == 420
        assert_inside(root)


def circles(root: ET.Element) -> Iterator[tuple[float, float, float]]:
    """The nodes of people; the signs on them are smaller."""
    for node in root.iter(f"{SVG}circle"):
        if float(node.attrib["r"]) > 8:
            yield float(node.attrib["cx"]), float(node.attrib["cy"]), float(node.attrib["r"])


class TestChain:
    def test_what_has_to_happen_before_is_above(self, manual: Manual) -> None:
        for cycle in manual.all("ciclos"):
            moments = of_cycle(manual, cycle)
            at = boxes(parsed(service_chain(manual, moments, address)))
            for moment in moments:
                for after in moment.get("antes_de", ()):
                    assert at[address(moment)][3] < at[f"#momentos-{after.replace('_', '-')}"][1]

    def test_what_goes_before_the_same_stands_side_by_side(self, manual: Manual) -> None:
        at = boxes(parsed(chain_of(manual)))
        search, front = at["#momentos-mo-contratar-busqueda"], at["#momentos-mo-contratar-fachada"]
        assert search[1] == front[1]
        assert search[2] < front[0]

    def test_the_order_is_told_in_words(self, manual: Manual) -> None:
        said = parsed(chain_of(manual)).findtext(f"{SVG}desc") or ""
        assert "1 va antes de 2; 2 va antes de 4; 3 va antes de 4; 4 va antes de 5" in said

    @pytest.mark.parametrize(
        ("order", "kept"),
        [
            ({0: [1], 1: [2], 2: [0]}, "Orden: 1 va antes de 2; 2 va antes de 3."),
            ({0: [0, 1], 1: [2]}, "Orden: 1 va antes de 2; 2 va antes de 3."),
            ({0: [1], 1: [0]}, "Orden: 1 va antes de 2."),
            ({0: [0]}, "Ninguno depende de otro."),
        ],
    )
    def test_a_step_back_is_left_out_and_the_rest_is_drawn(
        self, copy: ManualCopy, order: dict[int, list[int]], kept: str
    ) -> None:
        root = parsed(chain_of(write_path(copy, NAMES[:3], order)))
        assert kept in (root.findtext(f"{SVG}desc") or "")
        assert len(boxes(root)) == 3

    @pytest.mark.parametrize(
        "order",
        [
            {0: [1, 2], 1: [2]},
            {0: [1, 5], 1: [2], 2: [3], 3: [4], 4: [5]},
            {0: list(range(1, 11)), **{n: [11] for n in range(1, 11)}},
            {n: [m for m in (n + 1, n + 3, n + 6) if m < 14] for n in range(13)},
            {0: [8], 1: [8], 2: [8], 3: [8], 4: [5], 5: [6], 6: [7], 7: [8]},
        ],
    )
    def test_no_arrow_crosses_a_box_and_no_box_another(self, copy: ManualCopy, order: dict[int, list[int]]) -> None:
        count = max(after for later in order.values() for after in later) + 1
        root = parsed(chain_of(write_path(copy, [NAMES[n % len(NAMES)] for n in range(count)], order)))
        at = boxes(root)
        assert len(at) == count
        assert all(box[0] >= 0 and box[2] <= 420 for box in at.values())
        for one, other in combinations(at.values(), 2):
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        for x, y in points(root):
            assert not any(left + 1 < x < right - 1 and top + 1 < y < low - 1 for left, top, right, low in at.values())
        for before, later in order.items():
            assert all(at[f"#momentos-mo-{before}"][3] < at[f"#momentos-mo-{after}"][1] for after in later)
        assert_inside(root)

    def test_each_order_ends_in_an_arrow_head(self, copy: ManualCopy) -> None:
        root = parsed(chain_of(write_path(copy, NAMES[:4], {0: [1, 3], 1: [2], 2: [3]})))
        heads = [node for node in root.findall(f"{SVG}path") if node.get("class") == Ink.SOFT]
        assert len(heads) == 4

    def test_moments_that_nothing_joins_are_there_too(self, copy: ManualCopy) -> None:
        root = parsed(chain_of(write_path(copy, NAMES, {0: [1]})))
        assert len(boxes(root)) == len(NAMES)
        assert "Sin orden declarado" in shown(root)

    def test_all_cycles_fit_in_one_drawing(self, manual: Manual) -> None:
        moments = list(manual.all("momentos"))
        root = parsed(service_chain(manual, [*moments, moments[0]], address))
        assert len(boxes(root)) == len(moments)
        assert_inside(root)


def points(root: ET.Element) -> Iterator[tuple[float, float]]:
    """Places along each line of the arrows."""
    for line in root.findall(f"{SVG}line"):
        x1, y1, x2, y2 = (float(line.attrib[key]) for key in ("x1", "y1", "x2", "y2"))
        for step in range(21):
            yield x1 + (x2 - x1) * step / 20, y1 + (y2 - y1) * step / 20


class TestPlan:
    def test_it_has_four_lanes_parted_by_three_lines(self, manual: Manual) -> None:
        at = {text.text: text.base for text in reversed(placed(parsed(plan_of(manual))))}
        order = (
            "El cliente",
            "Línea de interacción",
            "A la vista",
            "Línea de visibilidad",
            "Detrás",
            "Línea de interacción interna",
            "Apoyo",
        )
        assert [at[words] for words in order] == sorted(at[words] for words in order)

    def test_a_column_says_who_does_what_and_with_what(self, manual: Manual) -> None:
        said = links(parsed(plan_of(manual)))["#momentos-mo-contratar-fachada"]
        assert "Pasa frente a la sucursal, mira por el vidrio" in said
        assert "Cada asesor levanta la vista y saluda" in said
        assert "Abrir a las 07:45" in said
        assert "Asesor de sucursal 15 minutos" in said
        assert "Asesores de las dos sucursales" in said, "the resource by its name"

    def test_there_is_a_column_for_each_moment_in_order(self, manual: Manual) -> None:
        at = boxes(parsed(plan_of(manual)))
        lefts = [at[address(moment)][0] for moment in of_cycle(manual, first_cycle(manual))]
        assert lefts == sorted(set(lefts))

    def test_the_keyboard_stops_once_a_moment(self, manual: Manual) -> None:
        root = parsed(plan_of(manual))
        stops = [node.get("href") for node in root.iter(f"{SVG}a") if node.get("tabindex") is None]
        assert stops == [address(moment) for moment in of_cycle(manual, first_cycle(manual))]

    def test_a_long_text_is_cut_where_it_is_seen(self, copy: ManualCopy) -> None:
        root = parsed(plan_of(write_path(copy, ["palabra " * 35, "Paga"])))
        assert any(text.text.endswith("…") for text in placed(root))
        assert_inside(root)

    def test_a_lane_of_which_nothing_is_said_says_so(self, copy: ManualCopy) -> None:
        assert shown(parsed(plan_of(write_path(copy, NAMES)))).count("Sin describir") == 3
        assert "Sin describir" not in shown(parsed(plan_of(reference_copy(copy.root / "otro").check().manual)))

    def test_tasks_that_do_not_fit_are_counted(self, copy: ManualCopy) -> None:
        more = "".join(f"\n      - hace: Hacer la tarea {n}" for n in range(6))
        copy.edit("momentos.yml", "\n    detras:", f"\n    detras:{more}", after="id: mo_contratar_fachada")
        said = links(parsed(plan_of(copy.check().manual)))["#momentos-mo-contratar-fachada"]
        assert "Hacer la tarea 2 y 5 más" in said

    def test_a_role_that_nobody_wrote_stays_as_it_is(self, copy: ManualCopy) -> None:
        copy.edit("momentos.yml", "\n    rol: asesor_sucursal", "\n    rol: nadie", after="id: mo_contratar_fachada")
        assert "nadie" in links(parsed(plan_of(copy.check().manual)))["#momentos-mo-contratar-fachada"].split()
