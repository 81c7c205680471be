from collections.abc import Iterator

from pauta.check.coverage import listed
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual

_RULING = frozenset({"politica", "procedimiento", "instructivo", "formato"})
"""Kinds of documents that say how to work; records only say what was done."""

_ASKED = ("version", "elaboro", "aprobo")


@rule("Documento sin control", Severity.ERROR, needs=("documentos",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que las políticas, procedimientos, instructivos y formatos vigentes de la empresa tengan versión,
    quién los elaboró y quién los aprobó, que no sea el mismo rol; que el código de cada documento
    sea único; que lo que otro reemplaza ya no esté vigente; que lo restringido diga quién accede, y
    que los datos del cliente tengan tiempo de conservación y no los pueda leer cualquiera.

    Por qué importa
    Quien trabaja con una copia vieja, o con un papel que nadie revisó, se equivoca de buena fe. Y
    los datos que un cliente entregó se cuidan aunque estén en una gaveta.

    Cómo se arregla
    Escriba lo que falta. Por ejemplo:

        - id: do_solicitudes
          tipo: dato_cliente
          retencion: 5 años
          acceso: restringido
          acceden:
            - asesor_atencion
    """
    codes: dict[str, Entity] = {}
    for document in manual.all("documentos"):
        yield from _authors(manual, document)
        yield from _readers(manual, document)
        yield from _replaced(manual, document)
        original = codes.setdefault(document["codigo"].casefold(), document)
        if original is not document:
            yield Problem(
                document.at("codigo"),
                f"«{manual.title(document)}» lleva el código {document['codigo']}, que es el de "
                f"«{manual.title(original)}».",
                "Dé a cada documento un código propio.",
            )


def _authors(manual: Manual, document: Entity) -> Iterator[Problem]:
    """Who wrote and approved it."""
    if document["estado"] == "vigente" and document["origen"] == "empresa" and document["tipo"] in _RULING:
        missing = [name for name in _ASKED if name not in document.data]
        if missing:
            titles = listed(document.field.children[name].title for name in missing)
            yield Problem(
                document.at(),
                f"El documento «{manual.title(document)}» está vigente y le falta {titles}.",
                f"Agregue {listed(f'{name}:' for name in missing)}.",
            )
    if "elaboro" in document.data and document["elaboro"] == document.get("aprobo"):
        yield Problem(
            document.at("aprobo"),
            f"El documento «{manual.title(document)}» lo elaboró y lo aprobó el mismo rol.",
            "Escriba en «aprobo» otro rol, que lo haya leído antes de que se use.",
        )


def _readers(manual: Manual, document: Entity) -> Iterator[Problem]:
    """Who may read it, and for how long it is kept."""
    title, access = manual.title(document), document["acceso"]
    if access == "restringido" and "acceden" not in document.data:
        yield Problem(
            document.at("acceso"),
            f"El documento «{title}» es de acceso restringido y no dice quiénes acceden.",
            "Agregue «acceden:» con los roles que pueden leerlo.",
        )
    if document["origen"] == "cliente" or document["tipo"] == "dato_cliente":
        if "retencion" not in document.data:
            yield Problem(
                document.at(),
                f"«{title}» guarda datos del cliente y no dice cuánto tiempo se conserva.",
                "Agregue «retencion:», por ejemplo 5 años, y qué se hace al vencer.",
            )
        if access == "publico":
            yield Problem(
                document.at("acceso"),
                f"«{title}» guarda datos del cliente y cualquiera puede leerlo.",
                "Cambie «acceso» a interno, o a restringido con los roles que acceden.",
            )


def _replaced(manual: Manual, document: Entity) -> Iterator[Problem]:
    """What it leaves obsolete."""
    old = manual.find("documentos", document.get("reemplaza", ""))
    if document["estado"] == "vigente" and old and old.sound and old["estado"] == "vigente":
        yield Problem(
            old.at("estado"),
            f"El documento «{manual.title(old)}» sigue vigente, y «{manual.title(document)}» lo reemplaza.",
            "Cambie su estado a obsoleto y retire las copias.",
        )
