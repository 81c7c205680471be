"""Whether money adds up: cost cards, the cost of a contact, prices against costs, one currency, compensation."""

from collections.abc import Iterator, Mapping
from functools import lru_cache, partial

from pauta.calculate.model import Calculation, Figure, Holder, Input, Judged, given
from pauta.calculate.words import number
from pauta.model import Entity, Manual
from pauta.quantities import Money, parse_measure, parse_money
from pauta.quantities.costs import per_contact, to_cents, total
from pauta.spine import Field

_SUM = "Suma exacta, al centavo"
_PER_CONTACT = "Costo por contacto de los centros de atención"


def sums(manual: Manual) -> Iterator[Judged]:
    """The components of each cost against its total; those in another currency are told by ``foreign_components``."""
    for cost in manual.all("costos"):
        if _amounts(cost) and not foreign_components(cost):
            yield Judged(_adds_up(cost), partial(_sum, manual, cost))


def foreign_components(cost: Entity) -> list[int]:
    """The positions of the components that are not in the currency of their total."""
    if "total" not in cost.data:
        return []
    currency = parse_money(cost["total"]).currency
    return [position for position, amount in enumerate(_amounts(cost)) if amount.currency != currency]


def contacts(manual: Manual) -> Iterator[Judged]:
    """The cost of one contact: total / volume; not reckoned while the total itself is wrong."""
    for cost in manual.all("costos"):
        if "costo_por_contacto" in cost.data and _adds_up(cost):
            written, volume = parse_money(cost["total"]), parse_measure(cost["volumen"]).value
            declared = parse_money(cost["costo_por_contacto"])
            if volume and declared.currency == written.currency:
                right = to_cents(per_contact(written, volume))
                yield Judged(right == declared, partial(_contact, manual, cost, right, declared))


def prices(manual: Manual) -> Iterator[Judged]:
    """A price that is charged once for the service against what one contact costs; free services have none."""
    for cost in manual.all("costos"):
        offer = manual.find("ofertas", cost.id)
        if offer and offer.sound and "costo_por_contacto" in cost.data:
            price, each = parse_money(offer["precio_publico"]), parse_money(cost["costo_por_contacto"])
            if price.amount and price.currency == each.currency and _charged_once(offer):
                yield Judged(price.amount >= each.amount, partial(_price, manual, offer, cost, price, each))


def currencies(manual: Manual) -> Iterator[Judged]:
    """Each amount of money against the one currency of the manual; components are told with their total."""
    part = manual.identity
    if part is None:
        return
    declared = given(part, "moneda")
    for holder, field in _holders(manual):
        for path in _amounts_in(field, holder.data):
            if (holder_collection(holder), path[0]) != ("costos", "componentes"):
                amount = given(holder, *path)
                if parse_money(amount.value).currency != declared.value:
                    yield Judged(holds=False, write=partial(_currency, holder, amount, declared))


def compensations(manual: Manual) -> Iterator[Judged]:
    """What one case may be given against the budget for it: of its service, or of all of them."""
    told = [cost for cost in manual.all("costos") if "presupuesto_compensaciones" in cost.data]
    budgets = {cost.id: given(cost, "presupuesto_compensaciones") for cost in told}
    for agreement in manual.all("acuerdos"):
        named = [budgets[name] for name in agreement["servicios"] if name in budgets]
        if "monto" in agreement.get("compensacion", {}):
            said = f"La compensación de «{manual.title(agreement)}»"
            yield from _fund(
                f"acuerdo.{agreement.id}.compensacion", said, given(agreement, "compensacion", "monto"), named
            )
    for severity in manual.all("gravedades"):
        if "compensacion_maxima" in severity.data:
            said = f"La compensación de una queja «{manual.title(severity)}»"
            every = list(budgets.values())
            yield from _fund(f"queja.compensacion.{severity.id}", said, given(severity, "compensacion_maxima"), every)


def authorities(manual: Manual) -> Iterator[Judged]:
    """What one complaint may be given against what the role that answers it may grant."""
    part = manual.parts.get("quejas")
    granted = part.data.get("manejo", {}).get("respuesta", {}).get("autoridad", ()) if part and part.sound else ()
    limits = {each["rol"]: position for position, each in enumerate(granted)}
    for severity in manual.all("gravedades"):
        if part and "compensacion_maxima" in severity.data and severity["atiende"] in limits:
            limit = given(part, "manejo", "respuesta", "autoridad", limits[severity["atiende"]], "hasta")
            most, may = parse_money(severity["compensacion_maxima"]), parse_money(limit.value)
            if most.currency == may.currency:
                yield Judged(most.amount <= may.amount, partial(_authority, manual, severity, limit, may - most))


def holder_collection(holder: Holder) -> str:
    """The collection of an element; empty for a section."""
    return holder.collection if isinstance(holder, Entity) else ""


def _sum(manual: Manual, cost: Entity) -> Calculation:
    written, added = parse_money(cost["total"]), total(_amounts(cost))
    more = added.amount > written.amount
    difference = added - written if more else written - added
    said = f"{'sobran' if more else 'faltan'} {difference}" if difference.amount else "es exacto"
    return Calculation(
        f"costo.{cost.id}.total",
        "costo-no-suma",
        f"Costo de «{manual.title(cost)}»",
        cost,
        "Total = suma de los componentes",
        tuple(
            given(cost, "componentes", position, "monto", name=component["nombre"])
            for position, component in enumerate(cost["componentes"])
        ),
        (Figure("Suma", str(added), float(added.amount)),),
        given(cost, "total"),
        f"Los componentes del costo de «{manual.title(cost)}» suman {added} y el total dice {written}: {said}.",
        said,
        f"Revise los componentes; si están bien, escriba «total: {added}».",
        (),
        _SUM,
    )


def _contact(manual: Manual, cost: Entity, right: Money, declared: Money) -> Calculation:
    difference = declared - right
    said = (
        f"{'sobran' if difference.amount > 0 else 'faltan'} {_absolute(difference)}"
        if difference.amount
        else "es exacto"
    )
    return Calculation(
        f"costo.{cost.id}.contacto",
        "costo-por-contacto-distinto",
        f"Costo por atención de «{manual.title(cost)}»",
        cost,
        "Costo por atención = total / volumen",
        (given(cost, "total"), given(cost, "volumen")),
        (Figure("Costo por atención", str(right), float(right.amount)),),
        given(cost, "costo_por_contacto"),
        f"Cada atención de «{manual.title(cost)}» cuesta {right}, y se declara {declared}: {said}.",
        said,
        f"Escriba «costo_por_contacto: {right}», o corrija el volumen.",
        ("Se divide entre los contactos atendidos, no entre los ofrecidos.",),
        _PER_CONTACT,
    )


def _price(manual: Manual, offer: Entity, cost: Entity, price: Money, each: Money) -> Calculation:
    left = price - each
    said = f"{'faltan' if left.amount < 0 else 'quedan'} {_absolute(left)}"
    return Calculation(
        f"oferta.{offer.id}.precio",
        "precio-bajo-costo",
        f"Precio de «{manual.title(offer)}» contra su costo",
        offer,
        "Precio al público ≥ costo por atención",
        (given(cost, "costo_por_contacto"),),
        (Figure("Margen por atención", str(left), float(left.amount)),),
        given(offer, "precio_publico"),
        f"«{manual.title(offer)}» se cobra a {price}, y cada atención cuesta {each}: {said}.",
        said,
        f"Cobre {each} o más, baje el costo, o ponga precio cero si el servicio es gratuito.",
        (
            "Se compara lo que se cobra una vez con lo que cuesta una atención; el precio de un plan mensual o anual no se juzga.",
        ),
        _PER_CONTACT,
    )


def _currency(holder: Holder, amount: Input, declared: Input) -> Calculation:
    currency = parse_money(amount.value).currency
    path = "-".join(map(str, amount.path))
    name = holder.id if isinstance(holder, Entity) else holder.name
    return Calculation(
        f"moneda.{holder_collection(holder) or 'seccion'}.{name}.{path}",
        "monedas-distintas",
        f"Moneda de «{amount.name}»",
        holder,
        "Moneda del monto = moneda del manual",
        (declared,),
        (),
        amount,
        verdict=f"«{amount.name}» está en {currency} ({amount.value}), y la moneda del manual es {declared.value}.",
        difference=f"{currency} contra {declared.value}",
        nearest=f"Escriba el monto en {declared.value}.",
        source="Una sola moneda en todo el manual",
    )


def _fund(name: str, said: str, amount: Input, budgets: list[Input]) -> Iterator[Judged]:
    amounts, most = [parse_money(each.value) for each in budgets], parse_money(amount.value)
    if {each.currency for each in amounts} == {most.currency}:
        fund = total(amounts)
        yield Judged(most.amount <= fund.amount, partial(_compensation, name, said, amount, budgets, fund))


def _compensation(name: str, said: str, amount: Input, budgets: list[Input], fund: Money) -> Calculation:
    most = parse_money(amount.value)
    left = fund - most
    difference = f"{'se pasa por' if left.amount < 0 else 'quedan'} {_absolute(left)}"
    return Calculation(
        name,
        "compensacion-excede-presupuesto",
        said,
        amount.holder,
        "Compensación de un caso ≤ presupuesto de compensaciones",
        tuple(budgets),
        (Figure("Casos que paga el presupuesto", number(fund.amount // most.amount) if most.amount else "todos"),),
        amount,
        f"{said} llega a {most}, y el presupuesto para compensar es de {fund}: {difference}.",
        difference,
        f"Baje la compensación a {fund} o menos, o suba el presupuesto a {most}.",
        ("El presupuesto es el de un período del costo.",),
        "Comparación de montos",
    )


def _authority(manual: Manual, severity: Entity, limit: Input, left: Money) -> Calculation:
    declared, title = given(severity, "compensacion_maxima"), manual.title(severity)
    role = manual.find("roles", severity["atiende"])
    who = manual.title(role) if role else severity["atiende"]
    difference = f"{'se pasa por' if left.amount < 0 else 'quedan'} {_absolute(left)}"
    return Calculation(
        f"queja.autoridad.{severity.id}",
        "compensacion-sin-autoridad",
        f"Autoridad para compensar una queja «{title}»",
        severity,
        "Compensación máxima ≤ límite del rol que atiende",
        (limit,),
        (),
        declared,
        f"Una queja «{title}» se compensa con {declared.value} como máximo, y «{who}», que la atiende, autoriza hasta "
        f"{limit.value}: {difference}.",
        difference,
        f"Suba su límite a {declared.value}, baje la compensación a {limit.value}, o dé la queja a quien pueda autorizarla.",
        (),
        "Comparación de montos",
    )


def _amounts(cost: Entity) -> list[Money]:
    """The amounts of the components; none when the reader may not see them."""
    parts = [component.get("monto") for component in cost["componentes"]]
    return [parse_money(part) for part in parts] if "total" in cost.data and all(parts) else []


def _adds_up(cost: Entity) -> bool:
    amounts = _amounts(cost)
    return bool(amounts) and not foreign_components(cost) and total(amounts) == parse_money(cost["total"])


def _charged_once(offer: Entity) -> bool:
    """Whether the price is not that of a plan that is paid again and again."""
    same = [plan["cobro"] for plan in offer.get("planes", ()) if plan["precio"] == offer["precio_publico"]]
    return not {"mensual", "anual"} & set(same)


def _holders(manual: Manual) -> Iterator[tuple[Holder, Mapping[tuple[str, ...], Field]]]:
    """Elements and sections with amounts of money, each with where they are."""
    for collection, (_, field) in manual.spine.collections.items():
        wanted = _money_fields(field)
        for entity in manual.all(collection) if wanted else ():
            yield entity, wanted
    for part in manual.parts.values():
        wanted = _money_fields(part.schema.root)
        if wanted and part.sound:
            yield part, wanted


@lru_cache(maxsize=256)  # asked of each section at every check
def _money_fields(field: Field) -> Mapping[tuple[str, ...], Field]:
    """The fields of money below one, but for those of the elements of a collection."""
    found: dict[tuple[str, ...], Field] = {}
    for name, child in field.children.items():
        _collect(child, (name,), found)
    return found


def _collect(field: Field, path: tuple[str, ...], found: dict[tuple[str, ...], Field]) -> None:
    if field.type == "dinero":
        found[path] = field
    for name, child in field.children.items():
        _collect(child, (*path, name), found)
    if field.item is not None and not field.collection:
        _collect(field.item, (*path, "*"), found)


def _amounts_in(wanted: Mapping[tuple[str, ...], Field], data: Mapping[str, object]) -> Iterator[tuple[str | int, ...]]:
    for path in wanted:
        yield from _matching(data, path, ())


def _matching(value: object, path: tuple[str, ...], done: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    """The places of a path with ``*`` for any position."""
    if not path:
        yield done
    elif path[0] == "*" and isinstance(value, list):
        for position, each in enumerate(value):
            yield from _matching(each, path[1:], (*done, position))
    elif isinstance(value, dict) and path[0] in value:
        yield from _matching(value[path[0]], path[1:], (*done, path[0]))


def _absolute(money: Money) -> Money:
    return Money(abs(money.amount), money.currency)
