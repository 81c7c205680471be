"""Validating: what a manager is told of a policy that does not say what its section asks for."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from helpers import NOT_APPLICABLE, reference_copy
from pauta.bundled import schema_folder
from pauta.findings import Finding, in_reading_order
from pauta.load import Loaded, load_manual
from pauta.load.parser import parse
from pauta.spine import Spine, read_spine
from pauta.validate import validate

CONTROL = """\
control:
  responsable: jefe
  ultima_revision: 2026-10-01
  revisar_cada: 6 meses
  estado: vigente
"""
ROLE = """\
  - id: {id}
    nombre: Jefe
    area: Taller
    mision: Que todo salga bien.
    personas: 1
    funciones:
      - Ordenar
    limites_autoridad:
      - asunto: Rebajas
        puede: Dar la mitad.
"""
TERMS = """\
terminos:
  - id: taller
    nombre: Taller
    definicion: Donde se trabaja.
"""


@cache
def spine() -> Spine:
    return read_spine(schema_folder())


def find(section: str, text: str) -> tuple[Finding, ...]:
    """What is found in a file of a section."""
    document, findings = parse("manual/x.yml", text)
    loaded = Loaded({section: (document,)} if document else {})
    return in_reading_order([*findings, *validate(loaded, spine()).findings])


def in_terms(more: str) -> tuple[Finding, ...]:
    """What is found in a glossary with more fields in its only term."""
    return find("glosario", CONTROL + TERMS + more)


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(f.rule, f"{f.location.line}:{f.location.column}") for f in findings]


def bad_examples() -> Iterator[tuple[str, Finding]]:
    for path in sorted((schema_folder() / "ejemplos").glob("*/mal/*.yml")):
        for finding in find(path.parts[-3], path.read_text("utf-8")):
            yield path.parts[-3], finding


EXPLAINED = tuple(bad_examples())
JARGON = re.compile(
    r"\b(?:additional|allowed|any|array|boolean|const|constraint|do not|does not|enum\w*|expected|fail\w*|format|"
    r"input|instance|integer|invalid|is not|items|JSON|keyword|length|list|match(?:es)?|maximum|minimum|missing|must|None|"
    r"null|number|objects?|one of|pattern|propert(?:y|ies)|reg ?exp?|required|schemas?|should|strings?|true is|tipo "
    r"objeto|types?|unexpected|unique|valid|values?|x-[a-z]+|(?-i:(?:min|max|unique|additional)[A-Z]\w*))\b|[{}$^\\]|\[\]",
    re.IGNORECASE,
)


class TestWhatAManagerReads:
    def test_there_is_much_to_read(self) -> None:
        assert len(EXPLAINED) > 100

    def test_holds_no_word_of_the_machinery(self) -> None:
        said = {text for _, finding in EXPLAINED for text in (finding.message, finding.mend)}
        assert [text for text in said if JARGON.search(text)] == []

    def test_names_the_field_by_its_title(self) -> None:
        for section, finding in EXPLAINED:
            titles = {f"«{field.title}»" for _, field in spine().sections[section].root.walk()}
            named = any(title in finding.message for title in titles) or "en esta sección" in finding.message
            assert named, finding.message

    def test_is_made_of_sentences(self) -> None:
        for _, finding in EXPLAINED:
            assert re.match(r"[«A-ZÁÉÍÓÚ]", finding.message), finding.message
            assert finding.message.endswith("."), finding.message
            assert re.match(r"[¿«A-ZÁÉÍÓÚ]", finding.mend), finding.mend
            assert finding.mend.endswith((".", "?")), finding.mend
            assert "  " not in finding.message + finding.mend
            assert (finding.message + finding.mend).isprintable()

    def test_shows_the_line_in_which_the_mistake_is(self) -> None:
        for _, finding in EXPLAINED:
            assert finding.location.source
            assert 1 <= finding.location.column <= len(finding.location.source) + 1


class TestSuggestions:
    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("sinonimo", "«sinonimos» (También se dice)"),
            ("sinónimos", "«sinonimos» (También se dice)"),
            ("Sinonimos", "«sinonimos» (También se dice)"),
            ("sinoninos", "«sinonimos» (También se dice)"),
            ("sinonimos-prohibidos", "«sinonimos_prohibidos» (No se dice)"),
            ("Véase", "«ver» (Véase)"),
            ("tambien se dice", "«sinonimos» (También se dice)"),
        ],
    )
    def test_of_a_field_by_its_name_or_its_title(self, written: str, meant: str) -> None:
        (found,) = in_terms(f"    {written}: [a]\n")
        assert (found.rule, found.location.line, found.location.column) == ("campo-desconocido", 10, 5)
        assert found.message == f"No existe el campo «{written}» en «Término»."
        assert found.mend == f"¿Quiso decir {meant}?"

    def test_only_of_a_field_that_is_not_there_yet(self) -> None:
        (found,) = in_terms("    sinonimos: [a]\n    sinonimo: b\n")
        assert "¿Quiso decir «sinonimos»" not in found.mend

    def test_of_no_field_when_none_is_near(self) -> None:
        (found,) = in_terms("    zzz: 1\n")
        assert found.mend.startswith("Bórrelo, o use uno de estos: «")

    @pytest.mark.parametrize("written", ["Vigente", "vigentes", "Víg-ente", "vijente"])
    def test_of_a_choice(self, written: str) -> None:
        (found,) = find("glosario", CONTROL.replace("vigente", written) + TERMS)
        assert (found.rule, found.location.line, found.location.column) == ("valor-no-permitido", 5, 11)
        assert found.mend.startswith("¿Quiso decir «vigente»? Los valores que existen son: «borrador»")

    def test_of_a_choice_by_what_people_read(self) -> None:
        (found,) = find("glosario", CONTROL.replace("vigente", "En revisión") + TERMS)
        assert found.mend.startswith("¿Quiso decir «en_revision»?")

    def test_of_no_choice_when_none_is_near(self) -> None:
        (found,) = find("glosario", CONTROL.replace("vigente", "zzz") + TERMS)
        assert found.mend.startswith("Los valores que existen son: ")

    @pytest.mark.parametrize("written", ["gerente_servicios", "gerente_servisio", "gerente_de_servicio"])
    def test_of_a_reference(self, tmp_path: Path, written: str) -> None:
        manual = reference_copy(tmp_path)
        manual.edit("manual.yml", "responsable: gerente_servicio", f"responsable: {written}", after="control:")
        (found,) = manual.check().findings
        assert (found.rule, str(found.location)) == ("referencia-rota", "manual/manual.yml:2:16")
        assert found.mend.startswith("¿Quiso decir «gerente_servicio»")

    @pytest.mark.parametrize(
        ("written", "mend"),
        [
            ("sí", "Cámbielo por true, sin comillas."),
            ("Si", "Cámbielo por true, sin comillas."),
            ("no", "Cámbielo por false, sin comillas."),
            ("tal vez", "Escriba true para sí o false para no, sin comillas."),
            ("1", "Escriba true para sí o false para no, sin comillas."),
        ],
    )
    def test_of_yes_and_no(self, written: str, mend: str) -> None:
        text = (schema_folder() / "ejemplos" / "canales" / "bien" / "completo.yml").read_text("utf-8")
        (found,) = find("canales", text.replace("grabacion: true", f"grabacion: {written}", 1))
        assert found.rule == "tipo-incorrecto"
        assert found.mend == mend


class TestOneMistakeIsToldOnce:
    def test_a_misspelt_field_is_not_missing_as_well(self) -> None:
        text = (CONTROL + TERMS).replace("definicion", "definision")
        assert told(find("glosario", text)) == [("campo-desconocido", "9:5")]

    def test_but_another_that_is_missing_is_told(self) -> None:
        """One misspelt name stands for one field, although it is near two."""
        text = (schema_folder() / "ejemplos" / "nomenclatura" / "bien" / "minimo.yml").read_text("utf-8")
        wrong = re.sub(r"^    nombre: .*\n    nombre_corto:", "    nombre_corta:", text, count=1, flags=re.MULTILINE)
        assert [finding.rule for finding in find("nomenclatura", text)] == []
        found = find("nomenclatura", wrong)
        assert sorted(finding.rule for finding in found) == ["campo-desconocido", "falta-campo"]
        assert any("Agregue un renglón «nombre:»" in finding.mend for finding in found)

    def test_two_that_are_missing_are_two(self) -> None:
        text = CONTROL.replace("  estado: vigente\n", "").replace("  responsable: jefe\n", "") + TERMS
        found = find("glosario", text)
        assert [finding.rule for finding in found] == ["falta-campo", "falta-campo"]
        assert {finding.mend.partition(":")[0] for finding in found} == {
            "Agregue un renglón «responsable", "Agregue un renglón «estado",
        }  # fmt: skip

    def test_a_text_both_too_long_and_badly_written(self) -> None:
        (found,) = find("glosario", CONTROL.replace("jefe", "Á" * 90) + TERMS)
        assert (found.location.line, found.location.column) == (2, 16)

    def test_what_is_below_a_value_of_another_kind(self) -> None:
        found = find("glosario", "control: [responsable, estado]\n" + TERMS)
        assert told(found) == [("tipo-incorrecto", "1:10")]
        assert found[0].message == "«Control de la sección» debe ser un grupo de campos, y aquí hay una lista."

    def test_a_list_in_which_three_are_alike(self) -> None:
        found = in_terms("    sinonimos: [a, b, a, a]\n")
        assert told(found) == [("elemento-repetido", "10:23"), ("elemento-repetido", "10:26")]

    def test_a_number_is_not_a_truth_said_again(self) -> None:
        found = in_terms("    sinonimos: [1, true, 1.0, a, a]\n")
        assert [(finding.rule, finding.location.column) for finding in found][1:] == [
            ("tipo-incorrecto", 20), ("elemento-repetido", 26), ("elemento-repetido", 34),
        ]  # fmt: skip

    def test_everything_is_told_in_the_order_of_the_file(self) -> None:
        text = """\
control:
  responsable: El Jefe
  ultima_revision: 2026-02-30
  revisar_cada: 6
  estado: vijente
  nota: x
terminos:
  - id: taller
    definicion: Donde se trabaja.
  - definicion: ''
    nombre: 5
    id: mesa
  - 7
otros: []
"""
        assert told(find("glosario", text)) == [
            ("formato-incorrecto", "2:16"),
            ("formato-incorrecto", "3:20"),
            ("tipo-incorrecto", "4:17"),
            ("valor-no-permitido", "5:11"),
            ("campo-desconocido", "6:3"),
            ("falta-campo", "8:5"),
            ("formato-incorrecto", "10:17"),
            ("tipo-incorrecto", "11:13"),
            ("tipo-incorrecto", "13:5"),
            ("campo-desconocido", "14:1"),
        ]


class TestTheWholeSection:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("- a\n", "debe ser un grupo de campos, y aquí hay una lista."),
            ("hola\n", "debe ser un grupo de campos, y aquí hay el texto «hola»."),
            ("12\n", "debe ser un grupo de campos, y aquí hay el número 12."),
            ("true\n", "debe ser un grupo de campos, y aquí hay «true», que se lee como sí o no."),
            ("~\n", "está vacío."),
        ],
    )
    def test_that_is_not_made_of_fields(self, text: str, message: str) -> None:
        (found,) = find("glosario", text)
        assert found.rule == "tipo-incorrecto"
        assert found.message == f"«{spine().sections['glosario'].title}» {message}"

    def test_a_number_where_an_amount_is_due_lacks_its_unit(self) -> None:
        (found,) = find("glosario", CONTROL.replace("6 meses", "6") + TERMS)
        assert found.message == "A «Revisar cada» le falta la unidad: solo dice 6."

    @pytest.mark.parametrize("number", ["9" * 39, "-0", "1e300", "0.1"])
    def test_a_number_of_any_size_can_be_told(self, number: str) -> None:
        text = CONTROL + "roles:\n" + ROLE.format(id="jefe").replace("personas: 1", f"personas: {number}")
        assert {finding.rule for finding in find("roles", text)} <= {"tipo-incorrecto", "fuera-de-rango"}

    def test_a_value_is_quoted_short_and_in_one_line(self) -> None:
        (found,) = find("glosario", CONTROL.replace("jefe", '"' + "x\\n\\e[31m" * 50 + '"') + TERMS)
        assert found.message.isprintable()
        assert len(found.message) < 160


class TestASectionInAFolder:
    def load(self, folder: Path, files: dict[str, str], section: str = "roles") -> Loaded:
        (folder / section).mkdir()
        for name, text in files.items():
            (folder / section / name).write_text(text, "utf-8")
        return load_manual(folder, spine().sections)

    def told(self, folder: Path, files: dict[str, str], section: str = "roles") -> list[tuple[str, str]]:
        loaded = self.load(folder, files, section)
        found = in_reading_order([*loaded.findings, *validate(loaded, spine()).findings])
        return [(finding.rule, str(finding.location).removeprefix(f"manual/{section}/")) for finding in found]

    def test_may_say_its_control_in_any_of_its_files(self, tmp_path: Path) -> None:
        files = {"a.yml": "roles:\n" + ROLE.format(id="a"), "b.yml": CONTROL + "roles:\n" + ROLE.format(id="b")}
        assert self.told(tmp_path, files) == []

    def test_may_say_its_control_in_a_file_of_its_own(self, tmp_path: Path) -> None:
        assert self.told(tmp_path, {"_control.yml": CONTROL, "a.yml": "roles:\n" + ROLE.format(id="a")}) == []

    def test_says_its_control_once(self, tmp_path: Path) -> None:
        files = {"a.yml": CONTROL, "b.yml": "roles:\n" + ROLE.format(id="b"), "c.yml": CONTROL}
        assert self.told(tmp_path, files) == [("campo-en-dos-archivos", "c.yml:1:1")]

    def test_says_its_control(self, tmp_path: Path) -> None:
        files = {"a.yml": "roles:\n" + ROLE.format(id="a"), "b.yml": "roles:\n" + ROLE.format(id="b")}
        assert self.told(tmp_path, files) == [("falta-campo", "a.yml:1:1")]

    def test_a_mistake_in_one_file_is_told_in_it(self, tmp_path: Path) -> None:
        files = {"a.yml": CONTROL + "roles:\n" + ROLE.format(id="a"), "b.yml": "roles:\n" + ROLE.format(id="Á")}
        assert self.told(tmp_path, files) == [("formato-incorrecto", "b.yml:2:9")]

    def test_what_is_missing_is_not_told_while_a_file_cannot_be_read(self, tmp_path: Path) -> None:
        files = {"_control.yml": CONTROL + "  nota: [", "a.yml": "roles:\n" + ROLE.format(id="a")}
        assert [rule for rule, _ in self.told(tmp_path, files)] == ["yaml-mal-escrito"]

    def test_counts_its_elements_over_all_its_files(self, tmp_path: Path) -> None:
        """The decalogue has ten principles, however many files they are in."""
        files = dict(self.decalogue(10))
        assert self.told(tmp_path, files, "decalogo") == []

    @pytest.mark.parametrize(("number", "rule"), [(9, "lista-corta"), (11, "lista-larga")])
    def test_tells_once_that_they_are_too_few_or_too_many(self, tmp_path: Path, number: int, rule: str) -> None:
        loaded = self.load(tmp_path, dict(self.decalogue(number)), "decalogo")
        (found,) = validate(loaded, spine()).findings
        assert (found.rule, str(found.location)) == (rule, "manual/decalogo/p00.yml:2:3")
        assert f"tiene {number} elementos y debe tener exactamente 10" in found.message

    def decalogue(self, number: int) -> Iterator[tuple[str, str]]:
        """Files with a principle each, from the example with all ten."""
        text = (schema_folder() / "ejemplos" / "decalogo" / "bien" / "minimo.yml").read_text("utf-8")
        head, *principles = re.split(r"^(?=  - id: )", text, flags=re.MULTILINE)
        before = head.removesuffix("principios:\n")
        yield "_control.yml", before
        for i in range(number):
            yield f"p{i:02}.yml", "principios:\n" + principles[min(i, 9)].replace("id: ", f"id: p{i}_", 1)

    def test_a_file_that_is_not_made_of_fields(self, tmp_path: Path) -> None:
        files = {"a.yml": CONTROL + "roles:\n" + ROLE.format(id="a"), "b.yml": "- x\n"}
        assert self.told(tmp_path, files) == [("tipo-incorrecto", "b.yml:1:1")]


class TestASectionThatDoesNotApply:
    def test_says_so_and_nothing_else(self) -> None:
        assert find("alianzas", NOT_APPLICABLE) == ()

    def test_what_it_says_besides_is_not_expected(self) -> None:
        found = find("alianzas", NOT_APPLICABLE + "alianzas: []\n")
        assert [finding.rule for finding in found] == ["campo-desconocido"]

    @pytest.mark.parametrize("field", ["motivo", "aprobado_por", "aprobado_el", "revisar_el"])
    def test_gives_the_reason_who_when_and_until_when(self, field: str) -> None:
        text = re.sub(rf"^  {field}: .*\n", "", NOT_APPLICABLE, flags=re.MULTILINE)
        assert text != NOT_APPLICABLE
        (found,) = find("alianzas", text)
        assert found.rule == "falta-campo"
        assert f"Agregue un renglón «{field}:»" in found.mend

    def test_keeps_its_owner_and_review(self) -> None:
        (found,) = find("alianzas", NOT_APPLICABLE[NOT_APPLICABLE.index("no_aplica:") :])
        assert found.message == "Falta «Control de la sección» en la sección."

    def test_is_not_declared_by_a_word(self) -> None:
        (found,) = find("alianzas", CONTROL + "no_aplica: true\n")
        assert found.rule == "tipo-incorrecto"
        assert found.message.startswith("«No aplica» debe ser un grupo de campos")
