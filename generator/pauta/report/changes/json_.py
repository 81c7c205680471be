"""For other programs, in a shape of our own that only grows.

::

    {
      "format": "pauta-changes",
      "version": 1,                      changes when a program that reads this would break
      "before": "v2.0.0",                what was compared, as it was asked for
      "after": "lo que hay ahora",
      "totals": {"mayor": 1, "menor": 2, "parche": 0},
      "changes": [                       the gravest first, then by section and id
        {
          "fingerprint": "65acfa277ba2", the same for the same change, wherever its files and lines are
          "kind": "aflojado",            agregado, quitado, renombrado, movido, redactado, apretado,
                                         aflojado, subido, bajado, cambiado
          "level": "mayor",              mayor, menor, parche
          "affects": ["cliente"],        cliente, puesto, proveedor, costo
          "section": "oferta",
          "collection": "ofertas",       null when the section itself changed
          "id": "instalacion",           null when the section itself changed
          "path": ["plazo"],             names of fields and elements; empty for the whole thing
          "title": "…",
          "sentence": "…",
          "before": "5 días hábiles",    null when there was nothing, or the sentence tells it
          "after": "7 días hábiles",
          "place_before": {"path": "manual/oferta.yml", "line": 14, "column": 12},    or null
          "place_after": {"path": "manual/oferta.yml", "line": 15, "column": 12},     or null
          "roles": ["tecnico_campo"],    roles that it concerns; empty when none in particular
          "material": true,              whether a role must read it again
          "visibility": "interno"        who may read the values: publico, interno, confidencial
        }
      ]
    }
"""

from pauta.compare import Change, Level
from pauta.findings import Location
from pauta.report.changes.report import ChangeReport
from pauta.report.safe import json_text

VERSION = 1


def write_json(report: ChangeReport) -> str:
    """The changes with everything that is known about each, and the totals."""
    levels = [change.level for change in report.changes]
    return json_text(
        {
            "format": "pauta-changes",
            "version": VERSION,
            "before": report.before,
            "after": report.after,
            "totals": {level.value: levels.count(level) for level in Level},
            "changes": [_change(change) for change in report.changes],
        }
    )


def _change(change: Change) -> dict[str, object]:
    collection, id_ = change.key or (None, None)
    return {
        "fingerprint": change.fingerprint,
        "kind": change.kind.value,
        "level": change.level.value,
        "affects": [who.value for who in change.affects],
        "section": change.section,
        "collection": collection,
        "id": id_,
        "path": list(change.path),
        "title": change.title,
        "sentence": change.sentence,
        "before": change.before,
        "after": change.after,
        "place_before": _place(change.place_before),
        "place_after": _place(change.place_after),
        "roles": list(change.roles),
        "material": change.material,
        "visibility": change.visibility,
    }


def _place(place: Location | None) -> dict[str, str | int] | None:
    return {"path": place.path, "line": place.line, "column": place.column} if place else None
