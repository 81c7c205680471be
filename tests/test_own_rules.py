"""Rules of the company's own: what they can ask, what is told of those that cannot be asked, and never a hang."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import ManualCopy, reference_copy
from pauta.check import RULES_BY_ID
from pauta.check.own_rules.asking import find
from pauta.check.own_rules.evaluator import evaluator
from pauta.check.own_rules.mistake import Mistake
from pauta.check.own_rules.syntax import parse
from pauta.findings import Finding, Severity
from pauta.model import Manual

HEAD = """\
control:
  responsable: gerente_servicio
  ultima_revision: 2026-10-05
  revisar_cada: 6 meses
  estado: vigente

reglas:
"""
RULE = """\
  - id: {id}
    nombre: Regla de prueba
    para_cada: {of}
    exige: |-
      {condition}
    mensaje: "{message}"
    severidad: {severity}
    por_que: Para la prueba.
"""


@pytest.fixture
def manual(tmp_path: Path) -> ManualCopy:
    return reference_copy(tmp_path)


def rule(
    condition: str,
    of: str = "proveedores",
    *,
    message: str = "{nombre}",
    severity: str = "error",
    id_: str = "ep_prueba",
) -> str:
    return RULE.format(id=id_, of=of, condition=condition, message=message, severity=severity)


def asked(manual: ManualCopy, *rules: str) -> list[Finding]:
    """What is found of the company's rules, when these are all it has."""
    manual.write("reglas.yml", HEAD + "".join(rules))
    found = manual.check().findings
    ours = {"regla-mal-escrita", "regla-no-responde"}
    return [each for each in found if each.rule in ours or each.rule.startswith("ep_")]


HOLDING = [
    ("ofertas", "este.plazo.horas > 0"),
    ("ofertas", "este.plazo.dias >= 0.0 && este.plazo.texto != ''"),
    ("ofertas", "este.precio_publico.monto >= 0 && este.precio_publico.moneda == 'GTQ'"),
    ("ofertas", "este.pasos.all(p, roles.exists(r, r.id == p.hace))"),
    ("ofertas", "este.canales.size() > 0 && size(este.incluye) > 0"),
    ("ofertas", "servicios.exists_one(s, s.id == este.servicio)"),
    ("ofertas", "este.canales.all(c, c in canales.map(x, x.id))"),
    ("indicadores", "este.meta.unidad != '' || este.meta.valor < 0.0"),
    ("proveedores", "este.riesgo in ['bajo', 'medio', 'alto']"),
    ("proveedores", "!has(este.alterno) || este.alterno != este.id"),
    ("proveedores", "has(este.alterno) ? este.alterno != este.id : true"),
    ("proveedores", "!has(este.evaluacion) || este.evaluacion.puntaje.valor >= 0"),
    ("proveedores", "este.contrato_hasta.dias - 1 < 100000 && este.contrato_hasta.texto.startsWith('20')"),
    ("roles", "este.personas * 2 >= este.personas && este.id.matches('^[a-z_0-9]+$')"),
    ("roles", "double(este.personas) / 2.0 >= 0.0 && int(2.5) == 2 && -este.personas <= 0"),
    ("canales", "!has(este.grabacion) || este.grabacion || !este.grabacion"),
    ("canales", "canales.filter(c, c.id == este.id).size() == 1"),
]


def test_what_holds_is_not_told(manual: ManualCopy) -> None:
    names = {"ofertas": "{servicio}"}
    rules = (
        rule(condition, of, message=names.get(of, "{id}"), id_=f"ep_{number}")
        for number, (of, condition) in enumerate(HOLDING)
    )
    assert asked(manual, *rules) == []


class TestWhatDoesNotHold:
    def test_is_told_at_the_field_with_what_the_element_says(self, manual: ManualCopy) -> None:
        manual.edit("proveedores.yml", "contrato_hasta: 2027-08-31", "contrato_hasta: 2026-12-01")
        place = manual.place("proveedores.yml", "contrato_hasta: ▸2026-12-01")
        found = [each for each in manual.check().findings if each.rule == "ep_contrato_por_vencer"]
        assert [(str(each.location), each.severity) for each in found] == [(place, Severity.WARNING)]
        assert "termina el 2026-12-01" in found[0].message
        assert "Renueve el contrato" in found[0].mend

    def test_is_told_of_each_element_and_of_no_other(self, manual: ManualCopy) -> None:
        found = asked(manual, rule("este.tipo != 'mensajeria'", "canales", message="{tipo}: {nombre}"))
        channels = [each for each in manual.check().manual.all("canales") if each["tipo"] == "mensajeria"]
        labels = channels[0].field.children["tipo"].labels
        assert [each.location for each in found] == [each.at("tipo") for each in channels]
        assert [each.message for each in found] == [f"{labels['mensajeria']}: {each['nombre']}" for each in channels]

    def test_without_a_way_to_mend_the_reason_is_given(self, manual: ManualCopy) -> None:
        found = asked(manual, rule("false", "canales"))
        assert all(each.mend == "Lo pide la regla de la empresa «Regla de prueba»: Para la prueba." for each in found)

    def test_a_blank_shows_the_name_of_what_is_referred_to_and_what_is_not_said(self, manual: ManualCopy) -> None:
        found = asked(manual, rule("este.id != 'telefono'", "canales", message="{responsable}, {costo_para_cliente}"))
        channel = manual.check().manual.find("canales", "telefono")
        assert channel is not None
        role = manual.check().manual.find("roles", channel["responsable"])
        assert role is not None
        assert found[0].message == f"{role['nombre']}, {channel.get('costo_para_cliente', 'sin decir')}"

    def test_business_days_are_as_long_as_the_longest_working_day(self, manual: ManualCopy) -> None:
        manual.edit("canales.yml", "primera_respuesta:", "primera_respuesta: 2 días hábiles #", after="id: telefono")
        condition = "este.id != 'telefono' || este.primera_respuesta.horas == {}"
        assert asked(manual, rule(condition.format("18.0"), "canales")) == []  # Monday to Friday, 08:00-17:00
        assert len(asked(manual, rule(condition.format("16.0"), "canales"))) == 1

    def test_a_date_is_days_from_the_day_of_the_check(self, manual: ManualCopy) -> None:
        manual.edit("proveedores.yml", "contrato_hasta: 2027-08-31", "contrato_hasta: 2026-11-20")
        assert len(asked(manual, rule("este.contrato_hasta.dias != -1"))) == 1

    def test_elements_with_mistakes_of_their_own_are_not_asked(self, manual: ManualCopy) -> None:
        every = len(asked(manual, rule("false")))
        manual.edit("proveedores.yml", "contrato_hasta: 2027-08-31", "contrato_hasta: pronto")
        assert len(asked(manual, rule("false"))) == every - 1


MISTAKES = [
    ("este.contrato_asta.dias > 3", "no hay un campo que se llame «contrato_asta»", "contrato_hasta"),
    ("este.nombr != ''", "«nombr»", "«nombre»"),
    ("este.contacto.telefon != ''", "En «contacto» no hay un campo que se llame «telefon»", "«telefono»"),
    ("proveedor.exists(x, x.id == este.id)", "No hay nada que se llame «proveedor»", "«proveedores»"),
    ("roles.exists(r, r.nivel == este.id)", "«nivel»", ""),
    ("este.contrato_hasta > 3", "no se compara entero", "este.contrato_hasta.dias"),
    ("este.plazo_entrega.hora > 3", "«hora»", "«horas»"),
    ("este.nombre > 3", "no se comparan", "textos con textos"),
    ("este.riesgo == 'altisimo'", "nunca es «altisimo»", "alto"),
    ("este.riesgo in ['bajo', 'muy alto']", "nunca es «muy alto»", ""),
    ("este.alterno != este.id", "«este.alterno» puede faltar", "has(este.alterno)"),
    ("has(este.alterno) || este.alterno != ''", "puede faltar", "has(este.alterno)"),
    ("este.contrato_hasta.dias * 2.0 > 1.0", "de la misma clase", "2.0"),
    ("este.nombre + 'x' == ''", "va entre números", ""),
    ("este.contrato_hasta.dias", "debe dar sí o no", "Compare"),
    ("este.nombre && true", "ahí va algo que sea sí o no", ""),
    ("este.suministra.nombre == ''", "es una lista", "all(x, …)"),
    ("este.suministra[0] == ''", "por posición", "exists"),
    ("este.nombre.empieza('x')", "«empieza»", ""),
    ("este.nombre.startswith('x')", "«startswith»", "«startsWith»"),
    ("tamano(este.nombre) > 1", "«tamano»", ""),
    ("este.nombre = 'x'", "No se entiende", "=="),
    ("este.nombre == “x”", "No se entiende", "comillas rectas"),
    ("este.nombre ==", "Falta un valor", ""),
    ("(este.nombre == ''", "Falta «)»", ""),
    ("este.nombre == '' este", "Sobra algo desde «este»", ""),
    ("este.alterno == null", "no usa «null»", "has("),
    ("{'a': 1}.a == 1", "No se entiende", "mapas"),
    ("este.suministra.all(este, true)", "ya nombra otra cosa", ""),
    ("este.suministra.all(x)", "lleva 2 valores", ""),
    ("este.nombre.matches('(a{1,999}){1,999}')", "El patrón", ""),
    ("este.nombre.all(x, true)", "va con una lista", ""),
    ("in == 1", "", ""),
    ("(" * 200 + "true" + ")" * 200, "más de 30 niveles", "dos reglas"),
    ("!" * 300 + "true", "más de 30 niveles", "dos reglas"),
    (" && ".join(["true"] * 120), "encadena más de 100", "dos reglas"),
    ("roles.all(a, roles.all(b, roles.all(c, roles.all(d, true))))", "más de 3 listas", "dos reglas"),
]


class TestARuleThatCannotBeAsked:
    def test_is_told_once_at_its_place_in_plain_spanish(self, manual: ManualCopy) -> None:
        rules = (rule(condition, id_=f"ep_{number}") for number, (condition, *_) in enumerate(MISTAKES))
        found = asked(manual, *rules)
        places = [each.at("exige") for each in manual.check().manual.all("reglas")]
        assert [(each.rule, each.location) for each in found] == [("regla-mal-escrita", place) for place in places]
        for each, (condition, says, mend) in zip(found, MISTAKES, strict=True):
            assert says in each.message, condition
            assert mend in each.mend != "", condition

    def test_a_list_that_does_not_exist_is_guessed(self, manual: ManualCopy) -> None:
        (found,) = asked(manual, rule("true", "provedores"))
        assert str(found.location) == manual.place("reglas.yml", "para_cada: ▸provedores")
        assert found.mend == "¿Quiso decir «proveedores»?"

    @pytest.mark.parametrize(
        ("message", "says"),
        [
            ("{nombr}", "«{nombr}»"),
            ("{suministra}", "es una lista"),
            ("{contacto}", "grupo de campos"),
            ("{contacto.fax}", "«{contacto.fax}»"),
            ("{plazo_entrega.horas}", "«{plazo_entrega.horas}»"),
            ("{nombre", "llave suelta"),
        ],
    )
    def test_a_blank_that_nothing_fills(self, manual: ManualCopy, message: str, says: str) -> None:
        found = asked(manual, rule("true", message=message))
        assert [each.rule for each in found] == ["regla-mal-escrita"]
        assert says in found[0].message
        assert str(found[0].location) == manual.place("reglas.yml", f'mensaje: ▸"{message}"')

    def test_it_may_not_take_the_name_of_another(self, manual: ManualCopy) -> None:
        taken = next(name for name in RULES_BY_ID if "-" not in name)
        found = asked(manual, rule("true", id_=taken))
        assert found[0].message.endswith(f"Ya hay una regla que se llama «{taken}».")

    def test_it_is_told_though_there_is_nothing_to_ask(self, manual: ManualCopy) -> None:
        manual.remove("alianzas.yml")
        manual.write("reglas.yml", HEAD + rule("este.nada == 1", "alianzas"))
        assert "regla-mal-escrita" in {each.rule for each in manual.check().findings}

    def test_a_division_by_zero_is_told_where_it_happens(self, manual: ManualCopy) -> None:
        found = asked(manual, rule("este.personas / (este.personas - este.personas) > 1", "roles"))
        roles = list(manual.check().manual.all("roles"))
        assert {each.rule for each in found} == {"regla-no-responde"}
        assert [each.location for each in found] == [each.at("personas") for each in roles]
        assert "divide entre cero" in found[0].message

    def test_the_rules_of_the_reference_manual_are_sound_and_hold(self, manual: ManualCopy) -> None:
        checked = manual.check()
        assert len(list(checked.manual.all("reglas"))) >= 4
        assert not {each.rule for each in checked.findings} & {each.id for each in checked.manual.all("reglas")}

    def test_others_are_asked_all_the_same(self, manual: ManualCopy) -> None:
        found = asked(manual, rule("este.nada == 1"), rule("false", "canales", id_="ep_otra"))
        assert {each.rule for each in found} == {"regla-mal-escrita", "ep_otra"}


def _wide(manual: ManualCopy, roles: int) -> Manual:
    """A manual with as many roles, made without writing files."""
    checked = manual.check().manual
    first = next(iter(checked.entities["roles"].values()))
    many = {f"rol_{number}": replace(first, id=f"rol_{number}") for number in range(roles)}
    return replace(checked, entities={**checked.entities, "roles": many}, references=())


class TestARuleThatWouldRunForLong:
    @pytest.mark.parametrize(
        "condition",
        [
            "roles.all(a, roles.all(b, a.id != b.id || a.nombre == b.nombre))",
            "roles.filter(a, a.id != '').size() > 0",
            "roles.map(a, a.id).map(b, b).map(c, c).size() > 0",
            "[1,2,3,4,5,6,7,8,9].all(a, roles.all(b, b.id != ''))",
        ],
    )
    def test_is_told_before_it_is_asked(self, manual: ManualCopy, condition: str) -> None:
        manual.write("reglas.yml", HEAD + rule(condition, "roles"))
        found = list(find(_wide(manual, 2_000), ()))
        assert [each.rule for each in found] == ["regla-mal-escrita"]
        assert "tardaría demasiado" in found[0].message

    def test_a_plain_one_over_many_elements_is_asked(self, manual: ManualCopy) -> None:
        manual.write("reglas.yml", HEAD + rule("este.personas < 0", "roles"))
        found = list(find(_wide(manual, 2_000), ()))
        assert len(found) == 2_000
        assert {each.rule for each in found} == {"ep_prueba"}

    def test_each_may_be_sought_among_all_in_a_large_company(self, manual: ManualCopy) -> None:
        manual.write("reglas.yml", HEAD + rule("roles.exists(r, r.id == r.id)", "roles"))
        assert list(find(_wide(manual, 400), ())) == []

    def test_many_rules_may_not_take_together_what_one_may_not(self, manual: ManualCopy) -> None:
        rules = (rule("roles.all(r, r.id != '')", "roles", id_=f"ep_{number}") for number in range(20))
        manual.write("reglas.yml", HEAD + "".join(rules))
        found = list(find(_wide(manual, 300), ()))
        assert {each.rule for each in found} == {"regla-mal-escrita"}
        assert 1 < len(found) < 20


class TestTheLanguage:
    """Our reading of a condition is the evaluator's: what we let through, it reads as we do."""

    NUMBERS = st.one_of(st.integers(0, 9).map(str), st.sampled_from(["-3", "(7)", "size('abc')", "[1, 2].size()"]))
    TRUTHS = st.one_of(
        st.sampled_from(["true", "false", "'a' in ['a', 'b']", "[1, 2].all(x, x > 1)", "[3].exists(x, x == 3)"]),
        st.tuples(NUMBERS, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), NUMBERS).map(" ".join),
    )
    JOINED = st.recursive(
        TRUTHS,
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from([" && ", " || "]), inner).map("".join),
            inner.map(lambda one: f"!({one})"),
            st.tuples(inner, inner, inner).map(lambda three: f"(({three[0]}) ? {three[1]} : {three[2]})"),
        ),
        max_leaves=8,
    )

    @settings(derandomize=True, max_examples=150, deadline=None)
    @given(JOINED)
    def test_binds_its_signs_alike(self, condition: str) -> None:
        tree = parse(condition)
        assert evaluator().compile(condition).execute({}) is _worth(tree)

    @settings(derandomize=True, max_examples=300, deadline=None)
    @given(st.text(alphabet="este.nombre()[]{}!&|=<>+-*/%?:,'\"12\\ áñ\n", max_size=60))
    def test_any_text_at_all_is_read_or_told(self, text: str) -> None:
        try:
            parse(text)
        except Mistake as told:
            assert told.message  # noqa: PT017 - either way is right
            assert told.mend  # noqa: PT017


def _worth(tree: object) -> object:
    """The value of a condition without names, by the plainest reading of its tree."""
    from pauta.check.own_rules.tree import Call, Choices, Literal, Macro, Name

    def at(node: object, named: dict[str, object]) -> object:
        match node:
            case Literal(value):
                return value
            case Choices(values):
                return [each.value for each in values]
            case Name(name):
                return named[name]
            case Macro(kind, of, variable, body):
                several = [at(body, {**named, variable: each}) for each in at(of, named)]  # type: ignore[attr-defined]
                return all(several) if kind == "all" else any(several)
            case Call("?:", (asked, yes, no)):
                return at(yes if at(asked, named) else no, named)
            case Call("&&", (one, other)):
                return at(one, named) and at(other, named)
            case Call("||", (one, other)):
                return at(one, named) or at(other, named)
            case Call(sign, arguments):
                return _PLAIN[sign](*(at(each, named) for each in arguments))
        raise AssertionError(node)

    return at(tree, {})


_PLAIN = {
    "!": lambda one: not one,
    "negative": lambda one: -one,
    "size": len,
    "in": lambda one, several: one in several,
    "==": lambda one, other: one == other,
    "!=": lambda one, other: one != other,
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}


class TestTheEvaluator:
    def test_is_loaded_only_for_a_manual_with_rules(self, manual: ManualCopy) -> None:
        code = (
            "import sys; from datetime import date; from pathlib import Path\n"
            "from pauta.pipeline import Project, check_project\n"
            "check_project(Project(Path(sys.argv[1])), today=date(2026, 11, 21))\n"
            "assert not [name for name in sys.modules if name.startswith(('cel', 'typer', 'pauta.check.own_rules'))]"
        )
        manual.remove("reglas.yml")
        subprocess.run([sys.executable, "-c", code, str(manual.root)], check=True)

    def test_comes_without_the_console_of_its_package(self, manual: ManualCopy) -> None:
        code = (
            "import sys; from datetime import date; from pathlib import Path\n"
            "from pauta.pipeline import Project, check_project\n"
            "check_project(Project(Path(sys.argv[1])), today=date(2026, 11, 21))\n"
            "assert 'pauta.check.own_rules.evaluator' in sys.modules\n"
            "assert not [name for name in sys.modules if name.startswith(('typer', 'prompt_toolkit'))]"
        )
        subprocess.run([sys.executable, "-c", code, str(manual.root)], check=True)
