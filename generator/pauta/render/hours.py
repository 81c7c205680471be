"""Weekly hours as people read them: days with the same hours together."""

from collections.abc import Mapping, Sequence

_RANGE = 3  # from so many days in a row they read as «lunes a miércoles»
_DAYS = (
    ("lunes", "lunes"),
    ("martes", "martes"),
    ("miercoles", "miércoles"),
    ("jueves", "jueves"),
    ("viernes", "viernes"),
    ("sabado", "sábado"),
    ("domingo", "domingo"),
    ("feriados", "feriados"),
)


def group_days(week: Mapping[str, str]) -> list[tuple[str, str]]:
    """Consecutive days with the same hours as one row: («Lunes a viernes», «08:00-17:00»)."""
    groups: list[tuple[list[str], str]] = []
    for key, name in _DAYS:
        hours = week.get(key)
        if hours is None:
            continue
        if groups and groups[-1][1] == hours:
            groups[-1][0].append(name)
        else:
            groups.append(([name], hours))
    return [(_span(days), hours) for days, hours in groups]


def _span(days: Sequence[str]) -> str:
    holidays = days[-1] == "feriados" and len(days) > 1
    named = days[:-1] if holidays else days
    if len(named) >= _RANGE:
        text = f"{named[0]} a {named[-1]}" + (" y feriados" if holidays else "")
    else:
        text = " y ".join([", ".join(days[:-1]), days[-1]] if days[:-1] else days)
    return text[0].upper() + text[1:]


def readable_hours(text: str) -> str:
    """«08:00-12:00, 14:00-18:00» as «08:00 a 12:00 · 14:00 a 18:00»."""
    if text == "cerrado":
        return "Cerrado"
    return text.replace("-", " a ").replace(", ", " · ") if text != "24 horas" else "Las 24 horas"
