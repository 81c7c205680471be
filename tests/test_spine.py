"""The schemas keep to the vocabulary, agree with one another, and one of a company's own needs no Python."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from pauta.bundled import schema_folder
from pauta.cli import main
from pauta.findings import CannotGoOn
from pauta.pipeline import Checked, Project, check_project, render_project
from pauta.render.navigation import Nav
from pauta.scaffold import scaffold
from pauta.spine import Field, Kind, Section, read_spine
from pauta.spine.own import incoherences
from pauta.validate.explain import KEYWORDS

Json = dict[str, Any]
TODAY = date(2026, 11, 21)
NOTES = {"$schema", "$ref", "title", "description", "examples", "properties", "items"}
"""Words that refuse nothing by themselves."""


def read(name: str) -> Json:
    schema: Json = json.loads((schema_folder() / f"{name}.schema.json").read_text("utf-8"))
    return schema


VOCABULARY = read("vocabulario")
COMMON = read("comun")
SPINE = read_spine(schema_folder())
NAMES = tuple(SPINE.sections)


def fields() -> Iterator[tuple[str, Field]]:
    for section in (*SPINE.sections.values(), SPINE.not_applicable):
        for path, field in section.root.walk():
            yield "/".join((section.name, *path)), field


def errors(schema: Json, value: Any) -> list[str]:
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    return [f"{'/'.join(map(str, error.path))}: {error.message}" for error in validator.iter_errors(value)]


class TestEverySchema:
    def test_is_a_section_or_one_of_the_two_pieces(self) -> None:
        files = {path.name.removesuffix(".schema.json") for path in schema_folder().glob("*.json")}
        assert files == {*NAMES, "comun", "vocabulario"}

    def test_there_are_the_thirteen_required_sections_and_what_they_refer_to(self) -> None:
        assert {
            "nomenclatura", "oferta", "indicadores", "recursos", "inventarios", "proveedores", "alianzas", "capacidad",
            "costo", "comunicacion", "quejas", "decalogo", "triangulo",
        } <= {name for name, section in SPINE.sections.items() if section.required}  # fmt: skip
        assert {"manual", "roles", "canales", "glosario"} <= set(NAMES)

    @pytest.mark.parametrize("name", NAMES)
    def test_obeys_the_vocabulary(self, name: str) -> None:
        assert errors(VOCABULARY, read(name)) == []

    @pytest.mark.parametrize("name", [*NAMES, "comun", "vocabulario"])
    def test_is_a_schema(self, name: str) -> None:
        Draft202012Validator.check_schema(read(name))

    @pytest.mark.parametrize("name", COMMON["$defs"])
    def test_each_common_type_is_a_field_of_the_vocabulary(self, name: str) -> None:
        """Save for its references, which stay within its own file."""
        text = json.dumps(COMMON["$defs"][name]).replace('"#/$defs/', '"comun.schema.json#/$defs/')
        definition = json.loads(text)
        for below in definition.get("properties", {}).values():  # in the file of a section it has its own
            below.setdefault("title", "Título")
            below.setdefault("description", "Descripción.")
        if "items" in definition:
            definition["items"] |= {"title": "Título", "description": "Descripción."}
        field = {"$ref": "#/$defs/field", "$defs": VOCABULARY["$defs"]}
        assert errors(field, definition) == []

    @pytest.mark.parametrize("section", [*SPINE.sections.values(), SPINE.not_applicable], ids=lambda each: each.name)
    def test_holds_together(self, section: Section) -> None:
        assert list(incoherences(section.root, SPINE.collections)) == []

    def test_every_reference_leads_to_one_collection(self) -> None:
        assert {field.reference for _, field in fields() if field.reference} <= set(SPINE.collections)

    def test_every_word_that_refuses_can_be_explained_to_a_manager(self) -> None:
        allowed = VOCABULARY["$defs"]["field"]["properties"]
        assert {word for word in allowed if not word.startswith("x-")} - NOTES == KEYWORDS

    def test_every_field_has_a_title_and_a_description(self) -> None:
        bare = [path for path, field in fields() if not field.schema.get("title") or not field.description]
        assert bare == []

    def test_every_pattern_says_how_to_write_it(self) -> None:
        silent = [
            path for path, field in fields() if {"pattern", "format"} & set(field.schema) and not field.how_to_write
        ]
        assert silent == []

    def test_every_choice_has_its_label(self) -> None:
        choices = [(path, field) for path, field in fields() if "enum" in field.schema]
        assert choices
        assert [path for path, field in choices if list(field.labels) != field.schema["enum"]] == []

    def test_no_field_is_named_like_a_method_of_a_dict(self) -> None:
        methods = {name for name in dir(dict) if not name.startswith("_")}
        assert [path for path, field in fields() if field.name in methods] == []
        refused = VOCABULARY["$defs"]["fieldName"]["not"]["enum"]
        assert set(refused) == methods

    def test_every_object_is_closed(self) -> None:
        open_ = [path for path, field in fields() if field.kind is Kind.OBJECT and field.schema["additionalProperties"]]
        assert open_ == []

    def test_every_date_amount_and_time_is_typed(self) -> None:
        """A field that says how long, how much or when is never free text."""
        telling = ("fecha", "plazo", "monto", "precio", "duracion", "desde", "hasta")
        loose = [
            path for path, field in fields() if field.name in telling and field.kind is Kind.TEXT and not field.type
        ]
        assert loose == []

    @pytest.mark.parametrize("name", NAMES)
    def test_has_an_owner_a_review_and_a_status(self, name: str) -> None:
        control = SPINE.sections[name].root.children["control"]
        assert control.required
        assert set(control.children) == {"responsable", "ultima_revision", "revisar_cada", "estado"}
        assert control.children["responsable"].reference == "roles"

    def test_they_stand_in_an_order_of_their_own(self) -> None:
        orders = [section.order for section in SPINE.sections.values()]
        assert orders == sorted(set(orders))


class TestInlining:
    """We put each common type in the place of its name. It must mean what JSON Schema says a name means."""

    def resolve(self, node: Any, base: Json) -> Any:
        """The schema with each reference resolved by the referencing library, words beside it on top."""
        registry: Registry[Any] = Registry().with_resources(
            [("comun.schema.json", Resource.from_contents(COMMON)), ("here", Resource.from_contents(base))]
        )
        return self._resolve(node, registry.resolver("here"))

    def _resolve(self, node: Any, resolver: Any) -> Any:
        if isinstance(node, list):
            return [self._resolve(each, resolver) for each in node]
        if not isinstance(node, dict):
            return node
        own = {word: self._resolve(value, resolver) for word, value in node.items() if word != "$ref"}
        if "$ref" not in node:
            return own
        found = resolver.lookup(node["$ref"])
        return {**self._resolve(found.contents, found.resolver), **own}

    @pytest.mark.parametrize("name", NAMES)
    def test_equals_what_a_resolver_gives(self, name: str) -> None:
        raw = read(name)
        assert SPINE.sections[name].schema == self.resolve(raw, raw)

    def test_of_the_declaration_that_a_section_does_not_apply(self) -> None:
        declaration = COMMON["$defs"]["seccion_no_aplica"]
        assert SPINE.not_applicable.schema == self.resolve(declaration, COMMON)

    def test_leaves_no_reference(self) -> None:
        assert '"$ref"' not in json.dumps([section.schema for section in SPINE.sections.values()])

    @pytest.mark.parametrize("name", NAMES)
    def test_a_word_beside_a_reference_only_narrows_it(self, name: str) -> None:
        """A validator asks for both, we for the one beside: the same only while that one is the stricter."""
        for beside in beside_references(read(name)):
            common = COMMON["$defs"][beside["$ref"].rpartition("/")[2]]
            for word in beside.keys() - {"$ref", "title", "description", "examples"}:
                stricter = word in {"maxLength", "maxItems"} and beside[word] <= common.get(word, beside[word])
                assert stricter or word.startswith("x-"), beside


def beside_references(node: Any) -> Iterator[Json]:
    if isinstance(node, dict):
        if "$ref" in node:
            yield node
        for child in node.values():
            yield from beside_references(child)


# A company's own section: schema/README.md shows one from nothing, and it must work as it says.

README = (schema_folder() / "README.md").read_text("utf-8")


def shown(language: str, number: int) -> str:
    """A block of code of the page, by its language and its turn."""
    blocks: list[str] = re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    return blocks[number]


WARRANTIES: Json = json.loads(shown("json", 1))
POLICY = shown("yaml", 1)
MENDED = (
    POLICY.replace("30 días", "30 días calendario")
    .replace("tope: 150", "tope: 150 GTQ")
    .replace("responsable: encargado\n", "responsable: encargado_taller\n")
)


@pytest.fixture
def company(tmp_path: Path) -> Path:
    scaffold(tmp_path, today=TODAY)
    add_schema(tmp_path, WARRANTIES)
    (tmp_path / "manual" / "garantias.yml").write_text(MENDED, "utf-8")
    return tmp_path


def add_schema(root: Path, schema: object, name: str = "garantias") -> None:
    (root / "schema").mkdir(exist_ok=True)
    (root / "schema" / f"{name}.schema.json").write_text(json.dumps(schema), "utf-8")


def check(root: Path) -> Checked:
    return check_project(Project(root), today=TODAY)


class TestASectionOfACompanysOwn:
    def test_is_checked_like_ours(self, company: Path) -> None:
        checked = check(company)
        assert checked.findings == ()
        assert checked.manual.parts["garantias"].title == "Garantías"

    def test_its_mistakes_are_told_as_the_page_shows(
        self, company: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (company / "manual" / "garantias.yml").write_text(POLICY, "utf-8")
        monkeypatch.chdir(company)
        with pytest.raises(SystemExit) as end:
            main(["check", "--today", TODAY.isoformat()])
        assert end.value.code == 1
        assert capsys.readouterr().out == shown("text", 1)

    def test_its_references_lead_both_ways(self, company: Path) -> None:
        manual = check(company).manual
        service = manual.find("servicios", "reparacion")
        assert service is not None
        assert "garantias" in {reference.section for reference in manual.to(service)}

    def test_may_be_a_folder(self, company: Path) -> None:
        (company / "manual" / "garantias").mkdir()
        (company / "manual" / "garantias.yml").rename(company / "manual" / "garantias" / "todas.yml")
        assert check(company).findings == ()

    def test_may_be_required(self, company: Path) -> None:
        add_schema(company, {**WARRANTIES, "x-seccion": {**WARRANTIES["x-seccion"], "obligatoria": True}})
        (company / "manual" / "garantias.yml").unlink()
        assert [(f.rule, f.location.path) for f in check(company).findings] == [
            ("seccion-faltante", "manual/garantias.yml")
        ]

    def test_may_be_declared_not_to_apply(self, company: Path) -> None:
        control = POLICY.partition("\ngarantias:")[0]
        declared = "no_aplica: {motivo: Nada se garantiza., aprobado_por: encargado_taller, aprobado_el: 2026-10-05, revisar_el: 2027-10-05}\n"
        (company / "manual" / "garantias.yml").write_text(control + declared, "utf-8")
        assert check(company).findings == ()

    def test_has_its_page_in_the_site(self, company: Path) -> None:
        rendered = render_project(Project(company), audience="interno", today=TODAY).rendered
        assert rendered is not None
        assert "30 días calendario" in rendered.pages["secciones/garantias.md"].replace("\xa0", " ")
        assert "Suelas que se despegan" in rendered.pages["servicios/reparacion.md"]
        assert "150" not in rendered.pages["secciones/garantias.md"], "a limit for management only"

    def test_may_give_each_of_its_entities_a_page(self, company: Path) -> None:
        add_schema(company, spoil("properties", "garantias", x__pagina="garantias"))
        rendered = render_project(Project(company), audience="interno", today=TODAY).rendered
        assert rendered is not None
        page = rendered.pages["garantias/reparacion.md"].replace("\xa0", " ")
        assert "Suelas que se despegan" in page
        assert "150" not in page, "a limit for management only"
        assert 'href="../garantias/reparacion.html"' in rendered.pages["secciones/garantias.md"]
        assert ("Garantías", [("Reparación de calzado", "garantias/reparacion.md")]) in _below(rendered.nav, "Camino")

    def test_may_take_the_place_of_ours_with_more_fields(self, company: Path) -> None:
        longer = read("glosario")
        longer["properties"]["nota"] = {"title": "Nota", "description": "Lo que sea.", "type": "string"}
        add_schema(company, longer, "glosario")
        glossary = company / "manual" / "glosario.yml"
        glossary.write_text(glossary.read_text("utf-8") + "\nnota: Hola\n", "utf-8")
        assert check(company).findings == ()

    def test_a_copy_of_all_ours_changes_nothing(self, company: Path) -> None:
        shutil.copytree(schema_folder(), company / "schema", dirs_exist_ok=True)
        assert check(company).findings == ()


def _below(nav: Nav, title: str) -> Nav:
    """What stands in a tree of pages below a title."""
    found = dict(nav)[title]
    assert isinstance(found, list)
    return found


def spoil(*path: str, **words: object) -> Json:
    """The schema with words put at a place; None takes one out."""
    schema: Json = json.loads(json.dumps(WARRANTIES))
    place = schema
    for step in path:
        place = place[step]
    place.update({word.replace("__", "-"): value for word, value in words.items()})
    for word in [word for word, value in words.items() if value is None]:
        del place[word.replace("__", "-")]
    return schema


ITEM = ("properties", "garantias", "items")
UNFIT = {
    "a word that nobody reads": (spoil(*ITEM, "properties", "responsable", x__refiere="roles"), "x-refiere"),
    "a word of JSON Schema that cannot be explained": (spoil(*ITEM, oneOf=[]), "oneOf"),
    "an open object": (spoil(*ITEM, additionalProperties=True), "additionalProperties"),
    "no control": (spoil("properties", control=None), "control"),
    "a field without a title": (spoil(*ITEM, title=None), "title"),
    "a name like a method": (spoil("properties", items={"title": "X", "description": "Algo.", "type": "string"}), "items"),
    "a pattern that is none": (
        spoil("properties", x={"title": "X", "description": "Algo.", "type": "string", "pattern": "("}),
        "properties/x/pattern",
    ),
    "a type that is not there": (
        spoil(*ITEM, "properties", "plazo", **{"$ref": "comun.schema.json#/$defs/duracciones"}),
        "duracciones",
    ),
    "a reference to nothing": (spoil(*ITEM, "properties", "responsable", x__ref="puestos"), "«puestos», que no existe"),
    "a required field that is not there": (spoil(*ITEM, required=["servicio", "plaso"]), "exige el campo «plaso»"),
    "a key that may be missing": (spoil(*ITEM, required=["plazo"]), "no llevan siempre el texto «servicio»"),
    "a choice without its label": (
        spoil(
            *ITEM, "properties",
            x={"title": "X", "description": "Algo.", "type": "string", "enum": ["a", "b"], "x-etiquetas": {"a": "A"}},
        ),
        "no da una etiqueta a cada valor",
    ),
    "a list in place of a schema": ([], "no sigue el vocabulario"),
}  # fmt: skip


class TestASchemaThatIsUnfit:
    def stop(self, root: Path) -> CannotGoOn:
        with pytest.raises(CannotGoOn) as problem:
            check(root)
        assert problem.value.tip
        return problem.value

    @pytest.mark.parametrize(("schema", "says"), UNFIT.values(), ids=UNFIT)
    def test_stops_the_program_and_says_why(self, company: Path, schema: object, says: str) -> None:
        add_schema(company, schema)
        message = str(self.stop(company))
        assert "garantias" in message or says == "duracciones"
        assert says in message

    def test_says_what_the_page_shows(self, company: Path, capsys: pytest.CaptureFixture[str]) -> None:
        add_schema(company, UNFIT["a word that nobody reads"][0])
        with pytest.raises(SystemExit) as end:
            main(["check", "--project", str(company)])
        assert end.value.code == 2
        assert capsys.readouterr().err == shown("text", 2)

    @pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "\x00", "{'a': 1}"])
    def test_or_is_not_json(self, company: Path, text: str) -> None:
        (company / "schema" / "garantias.schema.json").write_text(text, "utf-8")
        assert "No se puede leer el esquema «garantias.schema.json»" in str(self.stop(company))

    def test_or_is_not_utf_8(self, company: Path) -> None:
        (company / "schema" / "garantias.schema.json").write_bytes(b'{"title": "Garant\xedas"}')
        assert "No se puede leer" in str(self.stop(company))

    @pytest.mark.parametrize("name", ["comun", "vocabulario"])
    def test_or_is_a_piece_of_the_program(self, company: Path, name: str) -> None:
        add_schema(company, {}, name)
        assert "es parte del programa" in str(self.stop(company))

    @pytest.mark.parametrize("name", ["Garantías", "mis garantias", "1", ""])
    def test_or_has_a_name_that_no_section_can_have(self, company: Path, name: str) -> None:
        add_schema(company, WARRANTIES, name)
        assert "no tiene nombre de sección" in str(self.stop(company))

    def test_or_writes_its_pages_over_those_of_another_collection(self, company: Path) -> None:
        add_schema(company, spoil("properties", "garantias", x__pagina="roles"))
        assert "«roles» y «garantias», escriben sus páginas en la carpeta «roles»" in str(self.stop(company))

    @pytest.mark.parametrize("folder", ["listas", "../otra", "Garantías", ""])
    def test_or_writes_its_pages_where_others_belong(self, company: Path, folder: str) -> None:
        add_schema(company, spoil("properties", "garantias", x__pagina=folder))
        assert "no sigue el vocabulario en «properties/garantias/x-pagina»" in str(self.stop(company))

    @pytest.mark.parametrize(
        "spoilt",
        [
            lambda schema: schema["properties"]["servicios"]["items"]["properties"]["estado"].update(type="integer"),
            lambda schema: schema["properties"]["servicios"]["items"]["required"].remove("estado"),
            lambda schema: schema["properties"]["servicios"].update({"x-coleccion": "otros"}),
            lambda schema: schema["properties"]["servicios"].pop("x-pagina"),
        ],
        ids=["another kind", "optional now", "another collection", "no pages any more"],
    )
    def test_or_takes_away_what_rules_and_templates_count_on(
        self, company: Path, spoilt: Callable[[Json], object]
    ) -> None:
        (company / "schema" / "garantias.schema.json").unlink()
        schema = read("nomenclatura")
        spoilt(schema)
        add_schema(company, schema, "nomenclatura")
        assert "reemplaza a uno del programa" in str(self.stop(company))
