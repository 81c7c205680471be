"""What the check says when a manager's text was read as something else, and only once for each mistake."""

from pathlib import Path

import pytest

from helpers import ManualCopy, reference_copy


@pytest.mark.parametrize(
    ("file", "old", "new", "message", "mend"),
    [
        (
            "oferta/traslado.yml",
            "- El traslado cuesta",
            "- Ojo: el traslado cuesta",
            "Un renglón de «Condiciones que el cliente conoce antes» debe ser un texto, y aquí hay un grupo de campos.",
            "Si los dos puntos son parte del texto, ponga todo el texto entre comillas.",
        ),
        (
            "roles.yml",
            "nombre: Gerente general",
            "nombre: 2026",
            "«Nombre» debe ser un texto, y aquí hay el número 2026.",
            "Póngalo entre comillas.",
        ),
        (
            "roles.yml",
            "nombre: Gerente general",
            "nombre: #1 de la empresa",
            "«Nombre» está vacío.",
            "Si el texto empieza con #, póngalo entre comillas.",
        ),
        (
            "indicadores.yml",
            "meta: 80 %",
            "meta: 80",
            "A «Meta» le falta la unidad: solo dice 80.",
            "Escriba un número, un espacio y la unidad",
        ),
        (
            "oferta/instalacion.yml",
            "hace: encargado_bodega",
            "hace: Bodega",
            "«Bodega» no puede ser el nombre de un elemento en «Lo hace».",
            "Use solo minúsculas sin tilde",
        ),
    ],
)
def test_says_what_is_wrong_and_how_to_write_it_in_a_single_finding(
    tmp_path: Path, file: str, old: str, new: str, message: str, mend: str
) -> None:
    manual = reference_copy(tmp_path)
    _replace_first(manual, file, old, new)
    (found,) = manual.check().findings
    assert found.message == message
    assert mend in found.mend


def test_the_same_text_in_two_fields_of_one_element_is_told(tmp_path: Path) -> None:
    manual = reference_copy(tmp_path)
    same = "La familia cambia de casa y conserva su internet, su número de contrato y su velocidad."
    text = manual.path("oferta/traslado.yml").read_text("utf-8")
    start, end = text.index("    beneficio: |"), text.index("    incluye:")
    both = f"    beneficio: {same}\n    alcance: {same}\n"
    manual.write("oferta/traslado.yml", text[:start] + both + text[end:])
    (found,) = manual.check().findings
    assert found.rule == "texto-repetido"


def _replace_first(manual: ManualCopy, file: str, old: str, new: str) -> None:
    text = manual.path(file).read_text("utf-8")
    assert old in text
    manual.write(file, text.replace(old, new, 1))
