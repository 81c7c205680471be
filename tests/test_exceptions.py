"""What a company decides of the check itself: severities, exceptions with an end, and packages that it trusts."""

import re
import sys
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner

from helpers import TODAY, Expected, ManualCopy, reference_copy
from pauta.check import COMPANY_RULES, RULES, RULES_BY_ID, WRITING_RULES
from pauta.check.rule import HEADINGS
from pauta.cli import cli
from pauta.findings import Finding, Severity
from pauta.history.gate import decide as decide_change
from pauta.pipeline import Project, check_project, render_project

ANCHOR = "introduccion: |\n"
OVERDUE = "revisar_el: 2026-10-30"
"""What the exception of the reference manual lets pass: the day on which a document was due."""


@pytest.fixture
def manual(tmp_path: Path) -> ManualCopy:
    """The reference manual before its company decided anything of the check."""
    copy = reference_copy(tmp_path)
    undecide(copy)
    copy.edit("documentos.yml", OVERDUE, OVERDUE.replace("2026-10", "2027-10"), after="id: do_encuesta_clima")
    return copy


def undecide(manual: ManualCopy) -> None:
    """Take out what the company decided of the check."""
    decided = re.compile(r"^revision:\n(?: .*\n)+\n", re.MULTILINE)
    text, taken = decided.subn("", manual.path("manual.yml").read_text("utf-8"))
    assert taken == 1
    manual.write("manual.yml", text)


def decide(manual: ManualCopy, text: str) -> None:
    """Write what the company decides of the check."""
    manual.edit("manual.yml", ANCHOR, "revision:\n" + _indented(text) + ANCHOR)


def _indented(text: str) -> str:
    return "".join(f"  {line}\n" for line in dedent(text).strip().splitlines())


def except_(manual: ManualCopy, rule: str, place: str, *, until: str = "2027-03-31") -> None:
    decide(
        manual,
        f"""
        excepciones:
          - regla: {rule}
            lugar: {place}
            motivo: Se corrige en la próxima temporada.
            aprobado_por: gerente_general
            vence_el: {until}
        """,
    )


def broken(manual: ManualCopy) -> Expected:
    """Break the copy in one way, and what is then found: a contract that is about to end."""
    manual.edit("proveedores.yml", "contrato_hasta: 2027-08-31", "contrato_hasta: 2026-12-01")
    place = manual.place("proveedores.yml", "contrato_hasta: ▸2026-12-01")
    return Expected("ep_contrato_por_vencer", place, "2026-12-01")


def whose(manual: ManualCopy) -> str:
    """The supplier that ``broken`` breaks."""
    found = manual.check().manual.all("proveedores")
    return next(each.id for each in found if each["contrato_hasta"] == "2026-12-01")


class TestAnException:
    def test_without_it_the_finding_is_there(self, manual: ManualCopy) -> None:
        manual.finds(broken(manual))

    @pytest.mark.parametrize(
        "place",
        [
            "{{ seccion: proveedores }}",
            "{{ seccion: proveedores, elemento: {0} }}",
            "{{ seccion: proveedores, coleccion: proveedores, elemento: {0}, campo: contrato_hasta }}",
        ],
    )
    def test_lets_a_finding_pass_in_its_place(self, manual: ManualCopy, place: str) -> None:
        broken(manual)
        except_(manual, "ep_contrato_por_vencer", place.format(whose(manual)))
        manual.finds()

    @pytest.mark.parametrize(
        "place",
        [
            "{{ seccion: canales }}",
            "{{ seccion: proveedores, elemento: {1} }}",
            "{{ seccion: proveedores, elemento: {0}, campo: nombre }}",
        ],
    )
    def test_lets_none_pass_in_another_and_is_told_as_unused(self, manual: ManualCopy, place: str) -> None:
        expected = broken(manual)
        one = whose(manual)
        other = next(each.id for each in manual.check().manual.all("proveedores") if each.id != one)
        except_(manual, "ep_contrato_por_vencer", place.format(one, other))
        unused = manual.place("manual.yml", "- ▸regla: ep_contrato_por_vencer")
        manual.finds(expected, Expected("excepcion-sin-uso", unused, "no deja pasar ningún hallazgo"))

    def test_to_one_rule_lets_no_other_pass(self, manual: ManualCopy) -> None:
        expected = broken(manual)
        except_(manual, "ep_proveedor_sin_salida", "{ seccion: proveedores }")
        unused = manual.place("manual.yml", "- ▸regla: ep_proveedor_sin_salida")
        manual.finds(expected, Expected("excepcion-sin-uso", unused, "ep_proveedor_sin_salida"))

    def test_holds_on_its_last_day(self, manual: ManualCopy) -> None:
        broken(manual)
        except_(manual, "ep_contrato_por_vencer", "{ seccion: proveedores }", until=TODAY.isoformat())
        manual.finds()

    def test_that_has_expired_is_an_error_and_lets_nothing_pass(self, manual: ManualCopy) -> None:
        expected = broken(manual)
        except_(manual, "ep_contrato_por_vencer", "{ seccion: proveedores }", until="2026-11-20")
        place = manual.place("manual.yml", "vence_el: ▸2026-11-20")
        manual.finds(expected, Expected("excepcion-vencida", place, "venció el 2026-11-20"))
        expired = next(each for each in manual.check().findings if each.rule == "excepcion-vencida")
        assert expired.severity is Severity.ERROR

    def test_to_a_section_that_is_missing(self, manual: ManualCopy) -> None:
        manual.remove("reglas.yml")
        manual.remove("triangulo.yml")
        missing = [each.rule for each in manual.check().findings if each.location.path == "manual/triangulo.yml"]
        except_(manual, "seccion-faltante", "{ seccion: triangulo }")
        assert missing == ["seccion-faltante"]
        assert "seccion-faltante" not in {each.rule for each in manual.check().findings}

    @pytest.mark.parametrize(
        ("place", "marked", "guess"),
        [
            ("{ seccion: provedores }", "seccion: ▸provedores", "«proveedores»"),
            ("{ seccion: proveedores, elemento: p_no_existe_x }", "elemento: ▸p_no_existe_x", ""),
            ("{ seccion: proveedores, coleccion: provedores }", "coleccion: ▸provedores", "«proveedores»"),
            ("{ seccion: proveedores, campo: controll }", "campo: ▸controll", "«control»"),
        ],
    )
    def test_in_a_place_that_does_not_exist(self, manual: ManualCopy, place: str, marked: str, guess: str) -> None:
        except_(manual, "ep_contrato_por_vencer", place)
        found = [each for each in manual.check().findings if each.rule == "lugar-desconocido"]
        assert [str(each.location) for each in found] == [manual.place("manual.yml", marked)]
        assert guess in found[0].mend

    def test_to_a_rule_that_does_not_exist_is_guessed(self, manual: ManualCopy) -> None:
        except_(manual, "revision-vencda", "{ seccion: oferta }")
        place = manual.place("manual.yml", "regla: ▸revision-vencda")
        manual.finds(Expected("regla-desconocida", place, "«revision-vencda»"))
        assert manual.check().findings[0].mend == "¿Quiso decir «revision-vencida»?"

    @pytest.mark.parametrize("rule", ["falta-campo", "yaml-mal-escrito", "excepcion-vencida", "regla-fija"])
    def test_to_what_reading_and_writing_finds_is_refused(self, manual: ManualCopy, rule: str) -> None:
        except_(manual, rule, "{ seccion: oferta }")
        manual.finds(Expected("regla-fija", manual.place("manual.yml", f"regla: ▸{rule}"), "ni se exceptúa"))

    def test_to_what_is_decided_of_a_change_has_another_place(self, manual: ManualCopy) -> None:
        except_(manual, "cambio-sin-registro", "{ seccion: oferta }")
        place = manual.place("manual.yml", "regla: ▸cambio-sin-registro")
        manual.finds(Expected("regla-fija", place, "no trata de un lugar"))
        assert "exenciones" in manual.check().findings[0].mend

    def test_is_not_told_as_unused_while_its_section_cannot_be_asked(self, manual: ManualCopy) -> None:
        except_(manual, "ep_contrato_por_vencer", "{ seccion: proveedores }")
        manual.add("proveedores.yml", "\nsobra: algo\n")
        assert [each.rule for each in manual.check().findings] == ["campo-desconocido"]

    def test_of_a_field_that_cannot_be_read_excepts_nothing(self, manual: ManualCopy) -> None:
        expected = broken(manual)
        except_(manual, "ep_contrato_por_vencer", "{ seccion: proveedores }", until="mañana")
        rules = [each.rule for each in manual.check().findings]
        assert expected.rule in rules
        assert "formato-incorrecto" in rules


class TestASeverity:
    def test_is_changed(self, manual: ManualCopy) -> None:
        broken(manual)
        decide(manual, "severidades:\n  - regla: ep_contrato_por_vencer\n    severidad: error")
        assert _severities(manual) == [("ep_contrato_por_vencer", Severity.ERROR)]

    def test_of_a_rule_of_the_program_is_lowered(self, manual: ManualCopy) -> None:
        manual.edit("nomenclatura.yml", "responsable: ", "responsable: nadie_asi # ", after="control:")
        assert _severities(manual) == [("referencia-rota", Severity.ERROR)]
        decide(manual, "severidades:\n  - regla: referencia-rota\n    severidad: aviso")
        assert _severities(manual) == [("referencia-rota", Severity.WARNING)]

    @pytest.mark.parametrize("rule", ["falta-campo", "excepcion-vencida"])
    def test_of_what_reading_and_writing_finds_stays(self, manual: ManualCopy, rule: str) -> None:
        decide(manual, f"severidades:\n  - regla: {rule}\n    severidad: aviso")
        manual.finds(Expected("regla-fija", manual.place("manual.yml", f"regla: ▸{rule}"), "no se cambia"))

    def test_of_no_rule_is_guessed(self, manual: ManualCopy) -> None:
        decide(manual, "severidades:\n  - regla: texto-repetdo\n    severidad: error")
        manual.finds(
            Expected("regla-desconocida", manual.place("manual.yml", "regla: ▸texto-repetdo"), "texto-repetdo")
        )

    def test_of_what_is_decided_of_a_change_is_that_of_the_manual_before_it(self, manual: ManualCopy) -> None:
        plain = manual.check().manual
        decide(manual, "severidades:\n  - regla: version-insuficiente\n    severidad: aviso")
        lenient = manual.check().manual
        manual.edit("manual.yml", "sin importar quién lo atienda", "lo atienda quien lo atienda")
        changed = manual.check().manual
        for before, severity in ((plain, Severity.ERROR), (lenient, Severity.WARNING)):
            found = {each.rule: each.severity for each in decide_change(before, changed, today=TODAY).findings}
            assert found["version-insuficiente"] is severity

    def test_stands_in_the_page_of_the_rule_and_in_explain(self, manual: ManualCopy) -> None:
        decide(manual, "severidades:\n  - regla: texto-repetido\n    severidad: error")
        assert '--error">Error' in _pages(manual)["reglas/texto-repetido.md"]
        told = CliRunner().invoke(cli, ["explain", "texto-repetido", "--project", str(manual.root)]).output
        assert "(texto-repetido, error)" in told


def _severities(manual: ManualCopy) -> list[tuple[str, Severity]]:
    return [(each.rule, each.severity) for each in manual.check().findings]


def _pages(manual: ManualCopy) -> dict[str, str]:
    published = render_project(Project(manual.root), audience="interno", today=TODAY)
    assert published.rendered is not None, published.checked.findings
    return dict(published.rendered.pages)


class TestTheReferenceManual:
    """It shows an exception and a changed severity, and both do what they say."""

    @pytest.fixture
    def decided(self, tmp_path: Path) -> ManualCopy:
        return reference_copy(tmp_path)

    def test_its_exception_lets_pass_what_would_be_found(self, decided: ManualCopy) -> None:
        decided.finds()
        undecide(decided)
        place = decided.place("documentos.yml", OVERDUE.replace(": ", ": ▸"), after="id: do_encuesta_clima")
        decided.finds(Expected("revision-vencida", place, "«Resultados de la encuesta anónima al personal»"))

    def test_its_exception_ends(self, decided: ManualCopy) -> None:
        end = decided.place("manual.yml", "vence_el: ▸2029-11-30")
        later = check_project(Project(decided.root), today=date(2029, 12, 1)).findings
        assert [str(each.location) for each in later if each.severity is Severity.ERROR] == [end]

    def test_a_price_under_its_cost_is_an_error_there(self, decided: ManualCopy) -> None:
        decided.edit("oferta/traslado.yml", "precio_publico: 250 GTQ", "precio_publico: 80 GTQ")
        assert ("precio-bajo-costo", Severity.ERROR) in _severities(decided)
        undecide(decided)
        assert ("precio-bajo-costo", Severity.WARNING) in _severities(decided)

    def test_its_state_shows_both(self, decided: ManualCopy) -> None:
        state = _pages(decided)["estado.md"]
        excepted, weighed = state[state.index("## Excepciones") :].split("## Gravedades cambiadas")
        assert "Resultados de la encuesta anónima al personal" in excepted
        assert "«Volver a mirar el»" in excepted
        assert "reglas/precio-bajo-costo.html" in weighed


class TestThePages:
    def test_the_state_lists_each_exception_with_reason_approver_and_end(self, manual: ManualCopy) -> None:
        broken(manual)
        except_(manual, "ep_contrato_por_vencer", f"{{ seccion: proveedores, elemento: {whose(manual)} }}")
        state = _pages(manual)["estado.md"]
        section = state[state.index("## Excepciones") :]
        assert "Se corrige en la próxima temporada." in section
        assert 'datetime="2027-03-31"' in section
        assert "roles/gerente_general.html" in section
        assert "reglas/ep_contrato_por_vencer.html" in section

    def test_the_state_shows_a_hostile_reason_as_it_is_written(self, manual: ManualCopy) -> None:
        broken(manual)
        except_(manual, "ep_contrato_por_vencer", "{ seccion: proveedores }")
        manual.edit("manual.yml", "motivo: Se corrige", "motivo: <b>a</b> {{ 7*7 }} Se corrige")
        assert "&lt;b&gt;a&lt;/b&gt; {{ 7*7 }} Se corrige" in _pages(manual)["estado.md"]

    def test_the_state_says_nothing_of_what_was_not_decided(self, manual: ManualCopy) -> None:
        state = _pages(manual)["estado.md"]
        assert "## Excepciones" not in state
        assert "## Gravedades" not in state

    def test_a_rule_of_the_company_has_its_page_under_the_same_headings(self, manual: ManualCopy) -> None:
        pages = _pages(manual)
        page = pages["reglas/ep_plazo_maximo.md"]
        assert all(f"## {heading}" in page for heading in HEADINGS)
        assert "este.plazo.dias &lt;= 15" in page
        assert "ep_plazo_maximo.html" in pages["reglas/index.md"]

    def test_explain_tells_of_a_rule_of_the_company(self, manual: ManualCopy) -> None:
        told = CliRunner().invoke(cli, ["explain", "ep_plazo_maximo", "--project", str(manual.root)])
        assert told.exit_code == 0
        assert "este.plazo.dias <= 15" in told.output

    def test_explain_works_where_there_is_no_manual(self, tmp_path: Path) -> None:
        told = CliRunner().invoke(cli, ["explain", "referencia-rota", "--project", str(tmp_path)])
        assert told.output.startswith("Referencia rota")

    def test_every_rule_about_all_this_is_explained(self) -> None:
        assert all(tuple(each.explanation) == HEADINGS for each in COMPANY_RULES)
        assert len(RULES_BY_ID) >= len(RULES) + len(WRITING_RULES) + len(COMPANY_RULES)


PACKAGE = """\
from pauta.check.rule import Problem, Rule, rule
from pauta.findings import Severity


def _at(manual):
    yield Problem(manual.parts["oferta"].at("control"), "Lo dice el paquete.", "Hágale caso.")


def _raises(manual):
    yield Problem(manual.parts["oferta"].at("control"), "Antes de caer.", "Nada.")
    raise RuntimeError("se rompió")


first = Rule("paquete-primera", "Primera del paquete", Severity.WARNING, (), _at)
second = Rule("paquete-segunda", "Segunda del paquete", Severity.ERROR, ("oferta",), _raises)
several = (first, second)
wrong = "no es una regla"
taken = Rule("referencia-rota", "Con nombre ajeno", Severity.ERROR, (), _at)
"""


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, *entries: str, code: str = PACKAGE) -> None:
    """A package as an installer leaves it: a module, and what it says of itself beside it."""
    module = f"reglas_de_prueba_{abs(hash(folder))}"
    (folder / f"{module}.py").write_text(code, "utf-8")
    about = folder / "reglas_prueba-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: reglas-prueba\nVersion: 1.0\n", "utf-8")
    lines = [f"{name} = {module}:{name}" for name in entries]
    (about / "entry_points.txt").write_text("\n".join(["[pauta.rules]", *lines, ""]), "utf-8")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.delitem(sys.modules, module, raising=False)


@pytest.fixture
def site_packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("paquetes")


TRUST = "paquetes:\n  - reglas-prueba"


def _of_packages(manual: ManualCopy) -> list[Finding]:
    return [each for each in manual.check().findings if each.rule.startswith(("paquete", "regla"))]


class TestAPackage:
    def test_that_is_not_named_is_not_even_loaded(
        self, manual: ManualCopy, site_packages: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        install(site_packages, monkeypatch, "first", code="raise SystemExit('cargado')")
        manual.finds()

    def test_that_is_named_is_asked(
        self, manual: ManualCopy, site_packages: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        install(site_packages, monkeypatch, "first")
        decide(manual, TRUST)
        found = _of_packages(manual)
        assert [(each.rule, each.severity, each.message) for each in found] == [
            ("paquete-primera", Severity.WARNING, "Lo dice el paquete.")
        ]

    def test_its_rules_can_be_weighed_and_excepted_and_have_their_pages(
        self, manual: ManualCopy, site_packages: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        install(site_packages, monkeypatch, "first")
        decide(manual, TRUST)
        assert "Primera del paquete" in _pages(manual)["reglas/paquete-primera.md"]
        manual.edit(
            "manual.yml", "revision:\n", "revision:\n  severidades:\n    - {regla: paquete-primera, severidad: error}\n"
        )
        assert [each.severity for each in _of_packages(manual)] == [Severity.ERROR]

    def test_a_rule_that_raises_is_told_and_the_others_go_on(
        self, manual: ManualCopy, site_packages: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        install(site_packages, monkeypatch, "several")
        decide(manual, TRUST)
        found = {each.rule: each for each in _of_packages(manual)}
        assert found.keys() == {"paquete-primera", "paquete-segunda", "regla-no-responde"}
        told = found["regla-no-responde"]
        assert str(told.location) == manual.place("manual.yml", "- ▸reglas-prueba")
        assert "RuntimeError: se rompió" in told.message

    @pytest.mark.parametrize(
        ("entries", "code", "says"),
        [
            (("wrong",), PACKAGE, "«wrong» no es una regla"),
            (("missing",), PACKAGE, "no se puede cargar «missing»"),
            (("first",), "1 / 0", "ZeroDivisionError"),
            (("taken",), PACKAGE, "«referencia-rota» se llama como otra"),
            ((), PACKAGE, "no trae reglas"),
        ],
    )
    def test_that_is_of_no_use_is_told(
        self,
        manual: ManualCopy,
        site_packages: Path,
        monkeypatch: pytest.MonkeyPatch,
        entries: tuple[str, ...],
        code: str,
        says: str,
    ) -> None:
        install(site_packages, monkeypatch, *entries, code=code)
        decide(manual, TRUST)
        manual.finds(Expected("paquete-ausente", manual.place("manual.yml", "- ▸reglas-prueba"), says))

    def test_that_is_not_installed_is_told(self, manual: ManualCopy) -> None:
        decide(manual, "paquetes:\n  - reglas-que-nadie-tiene")
        place = manual.place("manual.yml", "- ▸reglas-que-nadie-tiene")
        manual.finds(Expected("paquete-ausente", place, "no está instalado"))
