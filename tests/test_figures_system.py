"""Figures of the service system: agreements by level, steps of a protocol, coverage, cost of bad service."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from helpers import NOT_APPLICABLE, TODAY, ManualCopy, reference_copy
from pauta.figures.agreement_pyramid import agreement_pyramid
from pauta.figures.bad_service import bad_service_bars
from pauta.figures.coverage_matrix import Coverage, Mark, coverage, coverage_matrix
from pauta.figures.six_steps import six_steps
from pauta.figures.svg import Ink, Type, width_of
from pauta.model import Entity, Manual, build_manual
from pauta.render.audience import restrict
from test_figures import HOSTILE, SHAPES, SVG, address, assert_inside, parsed, placed, shown

EXAMPLES = Path(__file__).parents[1] / "schema" / "ejemplos"
DISSATISFIED = "pt_cliente_insatisfecho"
NAMES = tuple(text.strip() for text in HOSTILE)


def pyramid_of(manual: Manual) -> str:
    return agreement_pyramid(manual, address)


def strip_of(manual: Manual) -> str:
    protocol = manual.find("protocolos", DISSATISFIED)
    assert protocol is not None
    return six_steps(manual, protocol, address)


def matrix_of(manual: Manual) -> str:
    return coverage_matrix(manual, list(manual.all("momentos")), address)


FIGURES: dict[str, Callable[[Manual], str]] = {
    "pyramid": pyramid_of,
    "strip": strip_of,
    "matrix": matrix_of,
    "bars": bad_service_bars,
}
SECTIONS = {"pyramid": "ans", "matrix": "momentos", "bars": "costo"}


@pytest.fixture
def copy(tmp_path: Path) -> ManualCopy:
    return reference_copy(tmp_path)


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Manual:
    return reference_copy(tmp_path_factory.mktemp("sistema")).check().manual


def links_of(root: ET.Element) -> dict[str, str]:
    return {
        link.attrib["href"]: " ".join("".join(text.itertext()) for text in link.iter(f"{SVG}text"))
        for link in root.iter(f"{SVG}a")
    }


def rename_all(copy: ManualCopy, file: str, pattern: str = r"^ +nombre: .*") -> None:
    """Give hostile names, in turn, to everything of a file that has one."""
    names = iter(NAMES * 20)
    text = copy.path(file).read_text("utf-8")
    marked = re.compile(pattern, re.MULTILINE)
    copy.write(file, marked.sub(lambda found: f"{found[0].split('nombre:')[0]}nombre: '{next(names)}'", text))


def upright(root: ET.Element) -> Iterator[tuple[float, float]]:
    """From where to where each text that is read upwards goes."""
    for turned in root.iter(f"{SVG}g"):
        at = re.match(r"translate\([-\d.]+ ([\d.]+)\) rotate\(-90\)", turned.get("transform", ""))
        if at:
            for text in turned.iter(f"{SVG}text"):
                end = float(at[1])
                yield end - width_of("".join(text.itertext()), Type(11.5, 12.5)), end


@pytest.mark.parametrize("name", FIGURES)
class TestEveryFigure:
    def test_it_has_a_name_and_a_description(self, manual: Manual, name: str) -> None:
        root = parsed(FIGURES[name](manual))
        by_id = {node.get("id"): node for node in root.iter() if node.get("id")}
        assert len(by_id[root.get("aria-labelledby")].text or "") > 10
        assert len(by_id[root.get("aria-describedby")].text or "") > 50
        assert root.get("role") == "group"

    def test_it_is_only_shapes_and_text_in_known_colours(self, manual: Manual, name: str) -> None:
        known = {one for ink in Ink for one in ink.split()}
        for node in parsed(FIGURES[name](manual)).iter():
            assert node.tag.removeprefix(SVG) in SHAPES
            assert not {key for key in node.attrib if key.startswith("on") or key in {"style", "font-family"}}
            if node.get("fill") or node.get("stroke"):
                assert node.get("class")
                assert set((node.get("class") or "").split()) <= known

    def test_no_text_leaves_the_drawing(self, manual: Manual, name: str) -> None:
        assert_inside(parsed(FIGURES[name](manual)))

    def test_it_is_one_small_line(self, manual: Manual, name: str) -> None:
        svg = FIGURES[name](manual)
        assert "\n" not in svg, "a blank line inside would end a block of HTML in Markdown"
        assert len(svg.encode()) < 32_768

    def test_it_is_the_same_every_time(self, manual: Manual, name: str, copy: ManualCopy) -> None:
        assert FIGURES[name](copy.check().manual) == FIGURES[name](manual)


@pytest.mark.parametrize("name", SECTIONS)
class TestWithoutItsSection:
    def test_a_section_that_is_absent_or_does_not_apply_has_no_figure(self, copy: ManualCopy, name: str) -> None:
        copy.write(f"{SECTIONS[name]}.yml", NOT_APPLICABLE)
        assert FIGURES[name](copy.check().manual) == ""
        copy.remove(f"{SECTIONS[name]}.yml")
        assert FIGURES[name](copy.check().manual) == ""


class TestPyramid:
    def test_each_agreement_stands_in_its_level_with_its_link_value_and_share(self, manual: Manual) -> None:
        root = parsed(pyramid_of(manual))
        links = links_of(root)
        assert set(links) == {address(agreement) for agreement in manual.all("acuerdos")}
        assert "20 s · 80 %" in links["#acuerdos-ans-telefono"]
        assert links["#acuerdos-ans-facturacion"].endswith("3 días hábiles 90 %")

    def test_levels_go_down_from_the_company_to_the_customer(self, manual: Manual) -> None:
        heights = {text.text: text.base for text in placed(parsed(pyramid_of(manual)))}
        assert heights["Corporativo"] < heights["sin respuesta"] < heights["Departamental"]
        assert heights["Departamental"] < heights["De cliente"] < heights["20 s · 80 %"]

    def test_each_storey_is_wider_than_the_one_above(self, manual: Manual) -> None:
        outlines = [path.attrib["d"] for path in parsed(pyramid_of(manual)).findall(f"{SVG}path")]
        widths = [
            abs(float(found[1]) - float(found[2]))
            for d in outlines
            if (found := re.search(r"L([\d.]+) [\d.]+H([\d.]+)Z", d))
        ]
        assert len(widths) == 4
        assert widths == sorted(widths)

    def test_what_refines_what_is_told(self, manual: Manual) -> None:
        told = parsed(pyramid_of(manual)).findtext(f"{SVG}desc") or ""
        assert "«Primera respuesta por correo» afina «Primera respuesta del área de atención»" in told

    def test_an_agreement_that_has_not_begun_is_marked(self, copy: ManualCopy) -> None:
        copy.edit("ans.yml", "vigente_desde: 2026-10-01", "vigente_desde: 2027-02-01", after="- id: ans_telefono")
        links = links_of(parsed(pyramid_of(copy.check().manual)))
        assert [name for name, text in links.items() if "No vigente" in text] == ["#acuerdos-ans-telefono"]

    def test_a_company_with_one_agreement_sees_which_levels_are_empty(self, copy: ManualCopy) -> None:
        copy.write("ans.yml", (EXAMPLES / "ans" / "bien" / "minimo.yml").read_text("utf-8"))
        root = parsed(pyramid_of(copy.check().manual))
        assert shown(root).count("Sin acuerdos de este nivel") == 2
        assert list(links_of(root)) == ["#acuerdos-ans-despacho"]
        assert_inside(root)

    def test_hostile_names_are_text_and_stay_inside(self, copy: ManualCopy) -> None:
        rename_all(copy, "ans.yml")
        root = parsed(pyramid_of(copy.check().manual))
        assert {node.tag.removeprefix(SVG) for node in root.iter()} <= SHAPES
        assert all(text[:4] in shown(root) for text in NAMES)
        assert_inside(root)


class TestSteps:
    def test_each_step_has_its_number_link_time_and_authority(self, manual: Manual) -> None:
        links = links_of(parsed(strip_of(manual)))
        assert list(links) == [
            f"#pasos-protocolo-pp-insatisfecho-{step}"
            for step in ("calma", "escucha", "causa", "empatia", "transferencia", "seguimiento")
        ]
        assert links["#pasos-protocolo-pp-insatisfecho-calma"] == "1 Respire y baje el volumen 1 minuto"
        assert links["#pasos-protocolo-pp-insatisfecho-empatia"].endswith("3 minutos Hasta 75 GTQ")

    def test_nobody_starts_again_and_somebody_asks_later(self, manual: Manual) -> None:
        links = links_of(parsed(strip_of(manual)))
        assert [name for name, text in links.items() if "Sin empezar de nuevo" in text] == [
            "#pasos-protocolo-pp-insatisfecho-transferencia"
        ]
        assert links["#pasos-protocolo-pp-insatisfecho-seguimiento"].endswith("A más tardar: 1 día hábil")

    def test_amounts_are_written_as_the_page_writes_them(self, manual: Manual) -> None:
        protocol = manual.find("protocolos", DISSATISFIED)
        assert protocol is not None
        svg = six_steps(manual, protocol, address, money=lambda amount: f"Q{amount.split(' ')[0]}")
        assert "Hasta Q75" in shown(parsed(svg))

    def test_the_strips_of_two_protocols_can_stand_on_one_page(self, manual: Manual) -> None:
        strips = [parsed(six_steps(manual, protocol, address)) for protocol in manual.all("protocolos")]
        ids = [node.attrib["id"] for strip in strips for node in strip.iter() if "id" in node.attrib]
        assert len(ids) == len(set(ids))

    @pytest.mark.parametrize("count", [1, 2, 3, 12])
    def test_any_number_of_steps_goes_in_order(self, copy: ManualCopy, count: int) -> None:
        example = (EXAMPLES / "protocolos" / "bien" / "minimo.yml").read_text("utf-8")
        start = example.index("      - id: pp_")
        step = "      - id: pp_{0}\n        nombre: Paso largo de nombre número {0}\n        hace: Hágalo.\n"
        copy.write("protocolos.yml", example[:start] + "".join(step.format(n) for n in range(1, count + 1)))
        manual = copy.check().manual
        (protocol,) = manual.all("protocolos")
        root = parsed(six_steps(manual, protocol, address))
        assert list(links_of(root)) == [f"#pasos-protocolo-pp-{n}" for n in range(1, count + 1)]
        at = {text.text: (text.base, text.left) for text in placed(root)}
        places = [at[str(n)] for n in range(1, count + 1)]
        assert places == sorted(places), "from left to right and then down"
        assert_inside(root)

    def test_hostile_names_are_text_and_stay_inside(self, copy: ManualCopy) -> None:
        rename_all(copy, "protocolos.yml", r"^        nombre: .*")
        manual = copy.check().manual
        drawn = [parsed(six_steps(manual, protocol, address)) for protocol in manual.all("protocolos")]
        assert {node.tag.removeprefix(SVG) for root in drawn for node in root.iter()} <= SHAPES
        assert all(any(text[:4] in shown(root) for root in drawn) for text in NAMES)
        for root in drawn:
            assert_inside(root)


def cells_of(manual: Manual) -> Coverage:
    return coverage(manual, list(manual.all("momentos")))


def holes_of(manual: Manual) -> list[tuple[str, str]]:
    return [(moment.id, channel.id) for moment, channel in cells_of(manual).holes]


def unused_of(manual: Manual) -> set[tuple[str, str]]:
    return {(cycle.id, channel.id) for cycle, channel in cells_of(manual).unused}


def without_indicators(copy: ManualCopy, moment: str) -> None:
    text = copy.path("momentos.yml").read_text("utf-8")
    start = text.index(f"- id: {moment}\n")
    end = text.index("\n  - id: ", start)
    block = re.sub(r"\n    indicadores:(\n      - .*)+", "", text[start:end])
    assert block != text[start:end]
    copy.write("momentos.yml", text[:start] + block + text[end:])


class TestCoverage:
    def test_the_reference_manual_measures_or_promises_every_moment_in_every_channel(self, manual: Manual) -> None:
        assert holes_of(manual) == []
        assert any(
            mark is Mark.COVERED for group in cells_of(manual).groups for row in group.rows for mark in row.marks
        )

    def test_a_moment_is_marked_in_its_channels_and_in_no_other(self, manual: Manual) -> None:
        cells = cells_of(manual)
        marks = {row.moment.id: row.marks for group in cells.groups for row in group.rows}["mo_falla_solucion"]
        covered = {channel.id for channel, mark in zip(cells.channels, marks, strict=True) if mark is not Mark.NONE}
        assert covered == {"visita", "telefono", "whatsapp"}

    def test_without_indicators_nor_agreement_all_its_channels_are_holes(self, copy: ManualCopy) -> None:
        without_indicators(copy, "mo_contratar_necesidad")
        assert holes_of(copy.check().manual) == [("mo_contratar_necesidad", "redes_sociales")]

    def test_an_agreement_for_one_channel_does_not_cover_the_others(self, copy: ManualCopy) -> None:
        without_indicators(copy, "mo_contratar_busqueda")
        assert holes_of(copy.check().manual) == [
            ("mo_contratar_busqueda", "whatsapp"),
            ("mo_contratar_busqueda", "redes_sociales"),
        ]

    def test_an_agreement_without_channels_covers_them_all(self, copy: ManualCopy) -> None:
        without_indicators(copy, "mo_contratar_visita")
        assert holes_of(copy.check().manual) == []

    def test_an_agreement_that_is_over_covers_nothing(self, copy: ManualCopy) -> None:
        without_indicators(copy, "mo_contratar_visita")
        copy.edit(
            "ans.yml",
            "vigente_desde: 2026-10-01",
            "vigente_desde: 2026-01-01\n    vigente_hasta: 2026-09-30",
            after="- id: ans_instalacion",
        )
        assert {moment for moment, _ in holes_of(copy.check().manual)} == {"mo_contratar_visita"}

    def test_a_channel_that_is_offered_and_no_moment_of_the_cycle_uses(self, copy: ManualCopy) -> None:
        assert ("ci_wifi", "correo") not in unused_of(copy.check().manual)
        copy.edit("oferta/wifi_hogar.yml", "\n      - sucursal", "\n      - sucursal\n      - correo\n      - visita")
        found = {channel for cycle, channel in unused_of(copy.check().manual) if cycle == "ci_wifi"}
        assert found == {"correo"}, "the visit is used"

    def test_part_of_a_cycle_says_nothing_about_its_offer(self, manual: Manual) -> None:
        critical = [moment for moment in manual.all("momentos") if moment["critico"]]
        cells = coverage(manual, critical)
        assert [group.cycle for group in cells.groups] == [None]
        assert cells.unused == ()
        assert [row.moment for row in cells.groups[0].rows] == critical

    def test_no_moment_is_left_out_and_cycles_keep_their_order(self, manual: Manual) -> None:
        cells = cells_of(manual)
        assert [group.cycle for group in cells.groups] == list(manual.all("ciclos"))
        assert {row.moment for group in cells.groups for row in group.rows} == set(manual.all("momentos"))


def signs_of(root: ET.Element) -> dict[Mark, int]:
    """How many signs of each kind are drawn, without those of the legend."""
    found = {Mark.COVERED: -1, Mark.HOLE: -1, Mark.UNUSED: -1}
    for path in root.findall(f"{SVG}path"):
        if path.get("class") == Ink.ACCENT:
            found[Mark.COVERED] += path.attrib["d"].count("z")
        elif path.get("class") == Ink.ALERT:
            found[Mark.HOLE if path.get("fill-opacity") == "0" else Mark.UNUSED] += path.attrib["d"].count("z")
    return found


class TestMatrix:
    def test_cycles_moments_and_channels_lead_to_their_pages(self, manual: Manual) -> None:
        found = set(links_of(parsed(matrix_of(manual))))
        assert found == {address(each) for name in ("ciclos", "momentos", "canales") for each in manual.all(name)}

    def test_it_draws_what_was_computed(self, copy: ManualCopy) -> None:
        without_indicators(copy, "mo_contratar_busqueda")
        copy.edit("oferta/wifi_hogar.yml", "\n      - sucursal", "\n      - sucursal\n      - correo")
        manual = copy.check().manual
        cells, root = cells_of(manual), parsed(matrix_of(manual))
        marks = [mark for group in cells.groups for row in group.rows for mark in row.marks]
        assert signs_of(root) == {
            Mark.COVERED: marks.count(Mark.COVERED),
            Mark.HOLE: 2,
            Mark.UNUSED: len(cells.unused),
        }
        assert "«Busca precio y cobertura» por «Redes sociales»" in (root.findtext(f"{SVG}desc") or "")
        assert "Se ofrece y no se usa" in shown(root)

    def test_every_sign_is_explained(self, manual: Manual) -> None:
        words = shown(parsed(matrix_of(manual)))
        assert all(mark.value.lower() in words.lower() for mark in Mark)

    def test_a_moment_that_has_no_channel_alone_has_no_matrix(self, copy: ManualCopy) -> None:
        copy.write("momentos.yml", (EXAMPLES / "momentos" / "bien" / "minimo.yml").read_text("utf-8"))
        assert matrix_of(copy.check().manual) == ""

    def test_no_moments_no_matrix(self, manual: Manual) -> None:
        assert coverage_matrix(manual, [], address) == ""

    def test_two_matrices_can_stand_on_one_page(self, manual: Manual) -> None:
        other = coverage_matrix(manual, list(manual.all("momentos")), address, prefix="fig-otra")
        assert parsed(other).get("aria-labelledby") == "fig-otra-titulo"

    def test_hostile_names_are_text_and_stay_inside(self, copy: ManualCopy) -> None:
        for file in ("momentos.yml", "canales.yml"):
            rename_all(copy, file, r"^    nombre: .*")
        root = parsed(matrix_of(copy.check().manual))
        assert {node.tag.removeprefix(SVG) for node in root.iter()} <= SHAPES
        assert all(text[:4] in shown(root) for text in NAMES)
        assert_inside(root)
        assert all(top >= 0 for top, _ in upright(root))

    def test_many_channels_widen_it(self, copy: ManualCopy) -> None:
        text = copy.path("canales.yml").read_text("utf-8")
        entry = text[text.index("  - id: telefono") : text.index("  - id: whatsapp")]
        more = "".join(entry.replace("id: telefono", f"id: tel_{n}") for n in range(20))
        copy.write("canales.yml", text.rstrip("\n") + "\n\n" + more)
        uses = "".join(f"\n      - tel_{n}" for n in range(20))
        copy.edit(
            "momentos.yml",
            "\n    canales:\n      - redes_sociales",
            f"\n    canales:\n      - redes_sociales{uses}",
            after="- id: mo_contratar_necesidad",
        )
        manual = copy.check().manual
        assert len(cells_of(manual).channels) == 27
        root = parsed(matrix_of(manual))
        assert float(root.attrib["width"]) > 420
        assert_inside(root)


def seen_by(copy: ManualCopy, audience: str) -> Manual:
    checked = copy.check()
    spine = checked.manual.spine
    return build_manual(restrict(checked.loaded, spine, audience), checked.validated, spine, today=TODAY)


def bars_of(root: ET.Element) -> list[float]:
    return [float(bar.attrib["width"]) for bar in root.iter(f"{SVG}rect")]


class TestBadService:
    def test_employees_see_no_amount_and_so_no_bars(self, copy: ManualCopy) -> None:
        assert bad_service_bars(seen_by(copy, "interno")) == ""
        assert bad_service_bars(seen_by(copy, "confidencial"))

    def test_the_longest_is_first_and_lengths_are_in_proportion(self, manual: Manual) -> None:
        root = parsed(bad_service_bars(manual))
        bars = bars_of(root)
        assert bars == sorted(bars, reverse=True)
        assert bars[1] / bars[0] == pytest.approx(135349.20 / 611020.80, rel=0.01)
        assert "Suma de un año: 1050405.12 GTQ" in shown(root)

    def test_months_and_quarters_are_taken_to_a_year(self, copy: ManualCopy) -> None:
        for name, period in (
            ("Segundas visitas a la misma casa", "mes"),
            ("Créditos y rebajas para reparar un daño", "trimestre"),
        ):
            copy.edit("costo.yml", "periodo: anio", f"periodo: {period}", after=name)
        words = shown(parsed(bad_service_bars(copy.check().manual)))
        assert "736128 GTQ" in words
        assert "451200 GTQ" in words

    def test_what_is_in_another_currency_is_counted_and_not_compared(self, copy: ManualCopy) -> None:
        copy.edit("costo.yml", "monto: 7920 GTQ", "monto: 7920 USD")
        root = parsed(bad_service_bars(copy.check().manual))
        assert len(bars_of(root)) == 8
        assert "7920 USD" not in shown(root)
        assert "Sin contar 1 en otra moneda." in " ".join(shown(root).split())
        assert_inside(root)

    def test_amounts_are_written_as_the_page_writes_them(self, manual: Manual) -> None:
        svg = bad_service_bars(manual, money=lambda amount: f"Q{amount.split(' ')[0]}")
        assert "Q611020.80" in shown(parsed(svg))

    def test_a_company_that_loses_nothing_has_bars_without_length(self, copy: ManualCopy) -> None:
        text = copy.path("costo.yml").read_text("utf-8")
        start = text.index("\nmal_servicio:")
        copy.write("costo.yml", text[:start] + re.sub(r"monto: .* GTQ", "monto: 0 GTQ", text[start:]))
        root = parsed(bad_service_bars(copy.check().manual))
        assert max(bars_of(root)) < 5

    def test_a_cost_that_names_no_bad_service_has_no_figure(self, copy: ManualCopy) -> None:
        copy.write("costo.yml", (EXAMPLES / "costo" / "bien" / "minimo.yml").read_text("utf-8"))
        assert bad_service_bars(copy.check().manual) == ""

    def test_hostile_names_are_text_and_stay_inside(self, copy: ManualCopy) -> None:
        rename_all(copy, "costo.yml", r"^  - nombre: .*")
        root = parsed(bad_service_bars(copy.check().manual))
        assert {node.tag.removeprefix(SVG) for node in root.iter()} <= SHAPES
        assert all(text[:4] in shown(root) for text in NAMES[:9])
        assert_inside(root)


def test_an_address_cannot_leave_its_attribute(manual: Manual) -> None:
    def hostile(_: Entity) -> str:
        return '"><script>alert(1)</script>'

    (protocol, *_) = manual.all("protocolos")
    for svg in (
        agreement_pyramid(manual, hostile),
        six_steps(manual, protocol, hostile),
        coverage_matrix(manual, list(manual.all("momentos")), hostile),
    ):
        assert {node.tag.removeprefix(SVG) for node in parsed(svg).iter()} <= SHAPES
