"""Posts, stock, costs and deadlines: the figures that a manager would act on are the right ones."""

import heapq
import math
import random
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from statistics import NormalDist, fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pauta.quantities import Money, parse_duration, parse_money
from pauta.quantities.calendars import (
    EveryYear,
    WorkCalendar,
    business_day,
    business_time,
    deadline,
    parse_hours,
    parse_shifts,
)
from pauta.quantities.costs import (
    Component,
    CostCard,
    compensation,
    lost_customers,
    per_contact,
    per_productive_hour,
    per_resolution,
    rework,
    to_cents,
    total,
    turnover,
)
from pauta.quantities.erlang import (
    MOST_ERLANGS,
    Attention,
    Demand,
    Target,
    attend,
    erlang_b,
    erlang_c,
    people_for,
    staff,
    workload,
)
from pauta.quantities.stock import (
    Supply,
    cover,
    covered,
    dearer_than_economic,
    delivered,
    economic_order,
    reorder,
    safety_stock,
    safety_stock_by_units,
)

unhurried = settings(deadline=None)
"""A busy computer breaks no test."""

CALLS = Demand(100, 1800, 180)
EIGHTY_IN_TWENTY = Target(Decimal("0.80"), 20, Decimal("0.85"))


class TestPublishedFiguresOfQueues:
    def test_the_share_that_waits(self) -> None:
        assert erlang_c(2, 1) == pytest.approx(1 / 3)
        assert erlang_c(3, 2) == pytest.approx(4 / 9)

    def test_a_hundred_calls_in_half_an_hour_need_fourteen_posts_and_twenty_people(self) -> None:
        needed = staff(CALLS, EIGHTY_IN_TWENTY, Decimal("0.30"))
        assert (needed.posts, needed.people) == (14, 20)
        assert needed.attention.service_level == pytest.approx(0.888, abs=0.0005)
        assert needed.attention.average_wait == pytest.approx(7.8, abs=0.05)
        assert needed.attention.occupancy == pytest.approx(0.714, abs=0.0005)

    def test_one_post_less_falls_short_of_the_target_by_a_little(self) -> None:
        assert attend(13, CALLS, 20).service_level == pytest.approx(0.7956, abs=0.00005)

    def test_the_declared_posts_are_judged_by_what_they_give(self) -> None:
        assert attend(11, CALLS, 20).service_level == pytest.approx(0.39, abs=0.005)

    @pytest.mark.parametrize(("servers", "erlangs"), [(1, 2), (5, 3), (10, 10), (40, 31)])
    def test_the_recurrence_gives_what_the_factorials_give(self, servers: int, erlangs: int) -> None:
        terms = [Fraction(erlangs**busy, math.factorial(busy)) for busy in range(servers + 1)]
        assert erlang_b(servers, erlangs) == pytest.approx(float(terms[-1] / sum(terms)))


class TestSimulatedQueues:
    @pytest.mark.parametrize("posts", [12, 14])
    def test_erlang_c_tells_what_happens_in_a_queue(self, posts: int) -> None:
        _same(attend(posts, CALLS, 20), _simulate(posts, CALLS, 20))

    @pytest.mark.parametrize("posts", [8, 12])
    def test_erlang_a_tells_what_happens_when_people_hang_up(self, posts: int) -> None:
        hurried = Demand(100, 1800, 180, patience=120)
        _same(attend(posts, hurried, 20), _simulate(posts, hurried, 20))

    def test_a_post_with_three_conversations_is_three_servers(self) -> None:
        chats = Demand(8, 1800, 540, simultaneous=3)
        _same(attend(1, chats, 600), _simulate(3, chats, 600))
        assert attend(1, chats, 600).service_level == pytest.approx(0.668, abs=0.0005)


def _simulate(servers: int, demand: Demand, within: float) -> Attention:
    """What happens to two hundred thousand contacts, one by one: who comes first is served first, or hangs up."""
    chance, free, now = random.Random(20261120), [0.0] * servers, 0.0  # noqa: S311 - a simulation keeps no secret
    contacts, busy = 200_000, 0.0
    waits, answered = [], []
    for _ in range(contacts):
        now += chance.expovariate(float(demand.contacts) / float(demand.interval))
        wait = max(free[0] - now, 0.0)
        patience = math.inf if demand.patience is None else chance.expovariate(1 / float(demand.patience))
        handling = chance.expovariate(1 / float(demand.handling))
        waits.append(min(wait, patience))
        if wait <= patience:
            heapq.heapreplace(free, now + wait + handling)
            busy += handling
            answered.append(wait)
    return Attention(
        servers,
        service_level=sum(wait <= within for wait in answered) / contacts,
        average_wait=fmean(waits),
        occupancy=busy / now / servers,
        waiting=sum(wait > 0 for wait in waits) / contacts,
        abandonment=1 - len(answered) / contacts,
    )


def _same(given: Attention, seen: Attention) -> None:
    assert given.service_level == pytest.approx(seen.service_level, abs=0.015)
    assert given.waiting == pytest.approx(seen.waiting, abs=0.015)
    assert given.occupancy == pytest.approx(seen.occupancy, abs=0.01)
    assert given.abandonment == pytest.approx(seen.abandonment, abs=0.01)
    assert given.average_wait == pytest.approx(seen.average_wait, rel=0.1)


demands = st.builds(
    Demand,
    st.integers(1, 400),
    st.just(1800),
    st.integers(1, 900),
    simultaneous=st.integers(1, 4),
    patience=st.none() | st.integers(5, 5000),
)
targets = st.builds(
    Target,
    st.integers(0, 999).map(lambda thousandths: Decimal(thousandths) / 1000),
    st.integers(0, 600),
    st.integers(1, 100).map(lambda percent: Decimal(percent) / 100),
)


class TestQueuesAlways:
    @unhurried
    @given(demands, st.integers(0, 250), st.integers(0, 600))
    def test_one_more_post_never_attends_worse(self, demand: Demand, posts: int, within: int) -> None:
        fewer, more = attend(posts, demand, within), attend(posts + 1, demand, within)
        assert more.service_level >= fewer.service_level - 1e-9
        assert more.average_wait <= fewer.average_wait + 1e-9
        assert more.occupancy <= fewer.occupancy + 1e-9

    @unhurried
    @given(demands, st.integers(0, 250), st.integers(0, 600))
    def test_shares_are_shares(self, demand: Demand, posts: int, within: int) -> None:
        attention = attend(posts, demand, within)
        shares = (attention.service_level, attention.occupancy, attention.waiting, attention.abandonment)
        assert all(-1e-9 <= share <= 1 + 1e-9 for share in shares)
        assert attention.average_wait >= 0

    @unhurried
    @given(demands, targets)
    def test_the_fewest_posts_hold_the_target_and_one_less_does_not(self, demand: Demand, target: Target) -> None:
        posts = staff(demand, target).posts
        assert _holds(posts, demand, target)
        assert not _holds(posts - 1, demand, target)

    @unhurried
    @given(demands, st.integers(0, 250))
    def test_a_longer_time_lets_more_contacts_be_in_time(self, demand: Demand, posts: int) -> None:
        assert attend(posts, demand, 60).service_level >= attend(posts, demand, 20).service_level - 1e-9


def _holds(posts: int, demand: Demand, target: Target) -> bool:
    if not posts or (demand.patience is None and posts * demand.simultaneous <= demand.erlangs):
        return False
    attention = attend(posts, demand, target.within)
    margin = 1e-9
    return attention.service_level + margin >= target.share and attention.occupancy <= float(target.occupancy) + margin


class TestQueuesAtTheEdges:
    def test_no_demand_asks_for_nobody(self) -> None:
        nobody = Demand(0, 1800, 180)
        assert (staff(nobody, EIGHTY_IN_TWENTY).posts, staff(nobody, EIGHTY_IN_TWENTY).people) == (0, 0)
        assert attend(0, nobody, 20).service_level == 1
        assert erlang_c(0, 0) == erlang_c(3, 0) == 0

    def test_demand_without_posts_is_not_attended(self) -> None:
        assert attend(0, CALLS, 20).service_level == 0
        hurried = attend(0, Demand(100, 1800, 180, patience=60), 20)
        assert (hurried.service_level, hurried.occupancy) == (0, 1)
        assert hurried.abandonment == pytest.approx(1)
        assert hurried.average_wait == pytest.approx(60)

    @pytest.mark.parametrize("posts", [9, 10])
    def test_as_many_posts_as_erlangs_let_the_queue_grow_without_end(self, posts: int) -> None:
        attention = attend(posts, CALLS, 20)
        assert (attention.service_level, attention.average_wait, attention.waiting) == (0, math.inf, 1)

    def test_a_whole_load_starts_from_the_next_post(self) -> None:
        assert staff(CALLS, Target(0, 20)).posts == 11

    def test_a_tiny_load_needs_one_post(self) -> None:
        tiny = Demand(Decimal("1e-40"), 1800, 180)
        assert staff(tiny, Target(Decimal("0.999"), 0)).posts == 1
        assert erlang_c(1, 1e-300) == pytest.approx(1e-300)

    def test_an_occupancy_met_exactly_does_not_ask_for_one_more_post(self) -> None:
        load = Demand(85, 1800, 180)
        assert staff(load, Target(0, 20, Decimal("0.85"))).posts == 10

    def test_people_are_rounded_up_only_when_something_is_left(self) -> None:
        assert people_for(14, Decimal("0.30")) == 20
        assert people_for(21, Decimal("0.30")) == 30
        assert people_for(15, Decimal("0.30")) == 22
        assert people_for(0, Decimal("0.30")) == 0

    @pytest.mark.parametrize("posts", [5020, 5100])
    def test_five_thousand_erlangs_agree_with_the_limit_for_large_centres(self, posts: int) -> None:
        slack, normal = (posts - 5000) / math.sqrt(5000), NormalDist()
        limit = 1 / (1 + slack * normal.cdf(slack) / normal.pdf(slack))
        assert erlang_c(posts, 5000) == pytest.approx(limit, rel=0.03)

    @pytest.mark.parametrize("patience", [None, 120])
    def test_five_thousand_erlangs_are_staffed(self, patience: int | None) -> None:
        huge = Demand(50_000, 1800, 180, patience=patience)
        target = Target(Decimal("0.80"), 20)
        assert _holds(staff(huge, target).posts, huge, target)

    def test_people_who_never_hang_up_and_people_who_never_wait(self) -> None:
        patient = attend(14, Demand(100, 1800, 180, patience=10_000_00), 20)
        assert patient.service_level == pytest.approx(attend(14, CALLS, 20).service_level, abs=0.001)
        lost = attend(10, Demand(100, 1800, 180, patience=Decimal("0.001")), 20)
        assert lost.abandonment == pytest.approx(erlang_b(10, 10), abs=0.001)

    def test_no_number_of_posts_attends_everybody_in_time(self) -> None:
        with pytest.raises(ValueError, match="Ninguna cantidad de puestos atiende a tiempo al 100 %"):
            Target(1, 20)

    @pytest.mark.parametrize("share", [Decimal("1.01"), Decimal("-0.01")])
    def test_a_target_out_of_range_is_refused(self, share: Decimal) -> None:
        with pytest.raises(ValueError, match="El nivel objetivo va de 0 %"):
            Target(share, 20)

    @pytest.mark.parametrize("occupancy", [0, Decimal("1.1")])
    def test_an_occupancy_out_of_range_is_refused(self, occupancy: Decimal) -> None:
        with pytest.raises(ValueError, match="La ocupación máxima"):
            Target(Decimal("0.8"), 20, occupancy)
        with pytest.raises(ValueError, match="La ocupación máxima"):
            workload(1, 1, 1, occupancy=occupancy)

    @pytest.mark.parametrize("reductions", [1, Decimal("-0.1")])
    def test_reductions_that_leave_nobody_are_refused(self, reductions: Decimal) -> None:
        with pytest.raises(ValueError, match="Los reductores"):
            people_for(3, reductions)

    @pytest.mark.parametrize(
        ("demand", "reason"),
        [
            ((1, 0, 180), "El intervalo"),
            ((-1, 1800, 180), "El volumen"),
            ((1, 1800, 0), "el tiempo medio"),
            ((1, 1800, 180, 0), "Cada puesto"),
            ((1, 1800, 180, 1, 0), "La paciencia"),
            ((MOST_ERLANGS * 20, 1800, 180), "demasiado grande"),
            ((Decimal("1e500"), 1800, 180), "demasiado grande"),
            ((100, 1800, 180, 1, 10**9), "demasiado grande"),
        ],
    )
    def test_a_demand_that_cannot_be_says_why(self, demand: tuple[int, ...], reason: str) -> None:
        with pytest.raises(ValueError, match=reason):
            Demand(*demand)


class TestWorkThatCanWait:
    def test_hours_posts_and_people(self) -> None:
        mail = workload(48, 480, 8, reductions=Decimal("0.25"), occupancy=Decimal("0.85"))
        assert mail.hours == Fraction(32, 5)
        assert float(mail.posts) == pytest.approx(0.94, abs=0.005)
        assert float(mail.people) == pytest.approx(1.25, abs=0.005)
        assert mail.whole_people == 2

    def test_an_exact_figure_does_not_ask_for_one_more_person(self) -> None:
        assert workload(21, 3600, 1, reductions=Decimal("0.30")).whole_people == 30

    def test_no_work_asks_for_nobody(self) -> None:
        assert workload(0, 480, 8).whole_people == 0

    @pytest.mark.parametrize("hours", [0, -1])
    def test_work_without_hours_is_refused(self, hours: int) -> None:
        with pytest.raises(ValueError, match="horas de atención"):
            workload(1, 480, hours)


class TestStock:
    published = Supply(daily=Decimal(30), lead_days=Decimal(10), deviation=Decimal(5))

    def test_the_published_safety_stock_and_reorder_point(self) -> None:
        found = reorder(self.published, Decimal("0.95"))
        assert float(found.safety or 0) == pytest.approx(26.1, rel=0.005)
        assert float(found.point) == pytest.approx(326.1, rel=0.005)

    def test_a_supplier_who_is_late_and_a_weekly_count_ask_for_more(self) -> None:
        late = Supply(Decimal(30), Decimal(10), Decimal(5), lead_deviation=Decimal(2), review_days=Decimal(7))
        expected = 1.644854 * math.sqrt(17 * 5**2 + 30**2 * 2**2)
        assert float(safety_stock(late, Decimal("0.95")) or 0) == pytest.approx(expected, rel=1e-6)
        assert late.lead_demand == 510

    def test_without_a_deviation_the_safety_stock_is_unknown_and_the_demand_remains(self) -> None:
        found = reorder(Supply(Decimal(30), Decimal(10)), Decimal("0.95"))
        assert (found.safety, found.point) == (None, Decimal(300))
        assert covered(Supply(Decimal(30), Decimal(10)), Decimal(300)) is None

    def test_what_comes_at_once_needs_no_stock(self) -> None:
        assert reorder(Supply(Decimal(30), Decimal(0), Decimal(5)), Decimal("0.95")).point == 0

    def test_a_late_supplier_matters_even_when_demand_is_steady(self) -> None:
        steady = Supply(Decimal(30), Decimal(10), Decimal(0), lead_deviation=Decimal(1))
        assert float(safety_stock(steady, Decimal("0.95")) or 0) == pytest.approx(49.3456, abs=0.001)

    @pytest.mark.parametrize("level", ["0.6", "0.9", "0.95", "0.999"])
    def test_the_level_of_a_reorder_point_is_the_one_it_was_made_for(self, level: str) -> None:
        point = reorder(self.published, Decimal(level)).point
        assert covered(self.published, point) == pytest.approx(float(level))

    def test_without_spread_a_point_holds_or_it_does_not(self) -> None:
        steady = Supply(Decimal(30), Decimal(10), Decimal(0))
        assert (covered(steady, Decimal(300)), covered(steady, Decimal(299))) == (1, 0)

    def test_a_low_level_never_asks_for_less_than_the_demand(self) -> None:
        assert safety_stock(self.published, Decimal("0.30")) == 0

    @pytest.mark.parametrize("level", ["1", "1.2", "0.99999999999999999999999"])
    def test_no_stock_avoids_every_shortage(self, level: str) -> None:
        with pytest.raises(ValueError, match="Ninguna existencia"):
            safety_stock(self.published, Decimal(level))

    boxes = Supply(daily=Decimal(2500), lead_days=Decimal(2), deviation=Decimal(500))
    """By weeks, with lots of 10,000: the example of S. Chopra and P. Meindl, *Supply Chain Management*."""

    def test_the_published_safety_stock_for_a_share_of_the_units(self) -> None:
        assert float(safety_stock_by_units(self.boxes, Decimal("0.975"), Decimal(10_000)) or 0) == pytest.approx(
            67, abs=0.5
        )
        assert delivered(self.boxes, Decimal(6_000), Decimal(10_000)) == pytest.approx(0.9975, abs=0.00005)

    @pytest.mark.parametrize("level", ["0.99", "0.995", "0.9999"])
    def test_the_share_of_units_of_a_stock_is_the_one_it_was_made_for(self, level: str) -> None:
        safety = safety_stock_by_units(self.boxes, Decimal(level), Decimal(10_000)) or Decimal(0)
        assert delivered(self.boxes, self.boxes.lead_demand + safety, Decimal(10_000)) == pytest.approx(float(level))

    def test_the_share_of_units_agrees_with_a_simulation(self) -> None:
        chance = random.Random(7)  # noqa: S311 - a simulation, the same each time
        safety = float(safety_stock_by_units(self.boxes, Decimal("0.99"), Decimal(10_000)) or 0)
        spread = float(self.boxes.spread or 0)
        lacking = sum(max(chance.gauss(0, spread) - safety, 0) for _ in range(200_000)) / 200_000
        assert 1 - lacking / 10_000 == pytest.approx(0.99, abs=0.0002)

    def test_large_lots_need_no_safety_stock_for_a_modest_share_of_the_units(self) -> None:
        assert safety_stock_by_units(self.boxes, Decimal("0.9"), Decimal(100_000)) == 0
        steady = Supply(Decimal(30), Decimal(10), Decimal(0))
        assert safety_stock_by_units(steady, Decimal("0.99"), Decimal(5)) == 0
        assert (delivered(steady, Decimal(300), Decimal(60)), delivered(steady, Decimal(294), Decimal(60))) == (1, 0.9)

    def test_a_share_of_the_units_needs_a_lot_and_a_deviation(self) -> None:
        with pytest.raises(ValueError, match="hace falta saber de cuánto es el lote"):
            safety_stock_by_units(self.boxes, Decimal("0.95"), Decimal(0))
        with pytest.raises(ValueError, match="Ninguna existencia"):
            safety_stock_by_units(self.boxes, Decimal(1), Decimal(10))
        unknown = Supply(Decimal(30), Decimal(10))
        assert safety_stock_by_units(unknown, Decimal("0.95"), Decimal(10)) is None
        assert delivered(unknown, Decimal(300), Decimal(10)) is None

    def test_half_or_double_the_economic_lot_costs_a_quarter_more(self) -> None:
        economic = economic_order(Decimal(1200), Decimal(50), Decimal(3))
        assert economic == 200
        assert [dearer_than_economic(Decimal(lot), economic) for lot in (100, 200, 400)] == [
            Decimal("0.25"),
            Decimal(0),
            Decimal("0.25"),
        ]

    def test_a_level_of_nothing_and_negative_figures_are_refused(self) -> None:
        with pytest.raises(ValueError, match="mayor que 0 %"):
            safety_stock(self.published, Decimal(0))
        with pytest.raises(ValueError, match="no pueden ser negativos"):
            Supply(Decimal(-1), Decimal(10))
        with pytest.raises(ValueError, match="no pueden ser negativas"):
            cover(Decimal(-1), Decimal(10))

    def test_the_economic_lot_costs_less_than_its_neighbours(self) -> None:
        lot = economic_order(Decimal(1200), Decimal(50), Decimal(6))

        def cost(units: Decimal) -> Decimal:
            return 1200 / units * 50 + units / 2 * 6

        assert float(lot) == pytest.approx(141.42, abs=0.005)
        assert cost(lot) < min(cost(lot + 1), cost(lot - 1))

    def test_a_lot_that_costs_nothing_to_keep_has_no_size(self) -> None:
        assert economic_order(Decimal(0), Decimal(50), Decimal(6)) == 0
        with pytest.raises(ValueError, match="guardar debe costar algo"):
            economic_order(Decimal(1200), Decimal(50), Decimal(0))

    def test_stock_that_outlasts_its_shelf_life_spoils(self) -> None:
        assert not cover(Decimal(60), Decimal(2), Decimal(30)).spoils
        assert cover(Decimal(61), Decimal(2), Decimal(30)).spoils
        assert cover(Decimal(1), Decimal(0), Decimal(30)).spoils
        assert not cover(Decimal(1), Decimal(0)).spoils
        assert not cover(Decimal(0), Decimal(0), Decimal(30)).spoils


def money(text: str) -> Money:
    return parse_money(text)


class TestCosts:
    card = CostCard(
        (
            Component(money("77000 GTQ"), variable=True),
            Component(money("0.10 GTQ"), variable=True),
            Component(money("8932.25 GTQ"), variable=False),
        ),
        Decimal(1480),
    )

    def test_a_card_sums_to_the_cent(self) -> None:
        assert str(self.card.total) == "85932.35 GTQ"
        assert self.card.variable + self.card.fixed == self.card.total
        assert total([money("0.10 GTQ")] * 3) == money("0.30 GTQ")

    def test_with_more_contacts_only_the_variable_part_grows(self) -> None:
        grown = self.card.at(Decimal(1776))
        assert grown.fixed == self.card.fixed
        assert grown.variable == money("92400.12 GTQ")
        assert self.card.at(Decimal(1480)) == self.card

    def test_a_card_of_fixed_costs_has_no_variable_part(self) -> None:
        assert CostCard((Component(money("5 GTQ"), variable=False),), Decimal(0)).variable == money("0 GTQ")

    def test_currencies_are_not_mixed(self) -> None:
        with pytest.raises(ValueError, match="No se suman montos en GTQ y USD"):
            total([money("1 USD"), money("1 GTQ")])
        with pytest.raises(ValueError, match="No se suman"):
            CostCard((Component(money("1 USD"), variable=True), Component(money("1 GTQ"), variable=True)), Decimal(1))

    def test_nothing_to_add_has_no_currency(self) -> None:
        with pytest.raises(ValueError, match="No hay montos"):
            total([])

    def test_the_cost_of_a_contact_a_resolution_and_an_hour(self) -> None:
        assert to_cents(per_contact(money("170469 GTQ"), Decimal(1480))) == money("115.18 GTQ")
        assert per_resolution(money("1000 GTQ"), Decimal(100), Decimal("0.8")) == money("12.50 GTQ")
        assert per_productive_hour(money("7000 GTQ"), Decimal(200), Decimal("0.30")) == money("50 GTQ")

    def test_half_a_cent_is_rounded_up(self) -> None:
        assert to_cents(Money(Decimal("0.125"), "GTQ")) == money("0.13 GTQ")

    def test_without_contacts_resolutions_or_hours_there_is_no_cost_of_one(self) -> None:
        with pytest.raises(ValueError, match="Sin contactos"):
            per_contact(money("1 GTQ"), Decimal(0))
        with pytest.raises(ValueError, match="Sin asuntos resueltos"):
            per_resolution(money("1 GTQ"), Decimal(5), Decimal(0))
        with pytest.raises(ValueError, match="ninguna hora"):
            per_productive_hour(money("1 GTQ"), Decimal(200), Decimal(1))
        with pytest.raises(ValueError, match="El volumen es cero"):
            CostCard((Component(money("5 GTQ"), variable=True),), Decimal(0)).at(Decimal(5))

    def test_the_pieces_of_bad_service(self) -> None:
        assert rework(Decimal(100), Decimal("0.74"), money("8.61 GTQ")) == money("223.86 GTQ")
        lost = lost_customers(Decimal(34 * 12), money("312 GTQ"), Decimal(12), Decimal("0.40"))
        assert str(lost) == "611020.80 GTQ"
        assert compensation(Decimal(12), money("35.50 GTQ")) == money("426 GTQ")
        assert turnover(Decimal(3), money("4200 GTQ")) == money("12600 GTQ")

    def test_long_figures_keep_every_digit(self) -> None:
        long = Money(Decimal("12345678901234567890.12"), "GTQ")
        assert compensation(Decimal("1000000000.01"), long).amount == Decimal("12345678901358024679132345678.9012")

    def test_shares_and_amounts_out_of_range_are_refused(self) -> None:
        with pytest.raises(ValueError, match="La resolución en primer contacto debe ir"):
            rework(Decimal(1), Decimal("1.1"), money("1 GTQ"))
        with pytest.raises(ValueError, match="El margen debe ir"):
            lost_customers(Decimal(1), money("1 GTQ"), Decimal(1), Decimal(2))
        with pytest.raises(ValueError, match="no pueden ser negativas"):
            turnover(Decimal(-1), money("1 GTQ"))


def week(
    weekdays: str, saturday: str = "cerrado", sunday: str = "cerrado", holidays: str = "cerrado"
) -> dict[str, str]:
    names = ("lunes", "martes", "miercoles", "jueves", "viernes")
    return dict.fromkeys(names, weekdays) | {"sabado": saturday, "domingo": sunday, "feriados": holidays}


OFFICE = WorkCalendar(parse_hours(week("08:00-17:00")), "GT")
SHOP = WorkCalendar(parse_hours(week("08:00-12:00, 14:00-18:00", "08:00-12:00")), "GT")
NIGHT_AND_DAY = WorkCalendar(parse_hours(week("24 horas", "24 horas", "24 horas", "24 horas")), "GT")
CHRISTMAS_EVE = EveryYear(12, 24)


def due(calendar: WorkCalendar, received: str, promise: str) -> str:
    return deadline(calendar, datetime.fromisoformat(received), parse_duration(promise)).isoformat(" ", "minutes")


class TestDeadlines:
    def test_eight_business_days_from_a_friday_end_on_a_wednesday(self) -> None:
        assert due(OFFICE, "2026-11-20 16:30", "8 días hábiles") == "2026-12-02 17:00"
        assert business_day(OFFICE, date(2026, 11, 20), 8) == date(2026, 12, 2)

    def test_a_company_that_opens_on_saturday_counts_it(self) -> None:
        assert due(SHOP, "2026-11-20 16:30", "8 días hábiles") == "2026-11-30 18:00"
        assert due(SHOP, "2026-11-20 16:30", "1 día hábil") == "2026-11-21 12:00"

    @pytest.mark.parametrize(
        ("promise", "moment"),
        [
            ("30 minutos hábiles", "2026-11-20 17:00"),
            ("1 hora hábil", "2026-11-20 17:30"),
            ("90 minutos hábiles", "2026-11-20 18:00"),
            ("2 horas hábiles", "2026-11-21 08:30"),
            ("8 horas hábiles", "2026-11-23 10:30"),
            ("8 horas", "2026-11-21 00:30"),
            ("8 días calendario", "2026-11-28 16:30"),
            ("2 semanas", "2026-12-04 16:30"),
            ("3 meses", "2027-02-20 16:30"),
            ("45 segundos", "2026-11-20 16:30"),
        ],
    )
    def test_what_arrives_on_a_friday_afternoon(self, promise: str, moment: str) -> None:
        assert due(SHOP, "2026-11-20 16:30", promise) == moment

    def test_a_promise_across_easter_skips_four_holidays_and_a_sunday(self) -> None:
        assert due(SHOP, "2026-04-01 16:00", "3 horas hábiles") == "2026-04-06 09:00"
        assert due(SHOP, "2026-04-01 16:00", "1 día hábil") == "2026-04-06 18:00"

    def test_what_comes_in_while_closed_is_received_at_the_next_opening(self) -> None:
        assert due(OFFICE, "2026-11-20 17:00", "1 día hábil") == due(OFFICE, "2026-11-23 08:00", "1 día hábil")
        assert due(OFFICE, "2026-11-21 11:00", "2 horas hábiles") == "2026-11-23 10:00"
        assert due(OFFICE, "2026-11-20 07:00", "1 día hábil") == "2026-11-23 17:00"

    def test_no_time_at_all_ends_at_the_next_opening_or_the_same_day(self) -> None:
        assert due(OFFICE, "2026-11-21 11:00", "0 horas hábiles") == "2026-11-23 08:00"
        assert due(OFFICE, "2026-11-20 11:00", "0 días hábiles") == "2026-11-20 17:00"
        assert business_day(OFFICE, date(2026, 11, 21), 0) == date(2026, 11, 21)

    def test_day_and_night_business_time_is_elapsed_time(self) -> None:
        assert due(NIGHT_AND_DAY, "2026-12-31 20:15", "30 horas hábiles") == due(SHOP, "2026-12-31 20:15", "30 horas")

    def test_a_month_from_the_end_of_january_ends_with_february(self) -> None:
        assert due(OFFICE, "2026-01-31 10:00", "1 mes") == "2026-02-28 10:00"

    def test_what_never_ends_is_refused_and_does_not_hang(self) -> None:
        closed = WorkCalendar(parse_hours(week("cerrado")), "GT")
        only_holidays = WorkCalendar(parse_hours(week("cerrado", holidays="08:00-12:00")))
        for promise in ("1 hora hábil", "1 día hábil", "0 días hábiles"):
            with pytest.raises(ValueError, match="no abre ningún día"):
                due(closed, "2026-11-20 16:30", promise)
            with pytest.raises(ValueError, match="pasa de veinte años"):
                due(only_holidays, "2026-11-20 16:30", promise)
        with pytest.raises(ValueError, match="no abre ningún día"):
            business_time(closed, datetime.fromisoformat("2026-11-20"), datetime.fromisoformat("2026-11-21"))

    @pytest.mark.parametrize("promise", ["999999 días hábiles", "999999 horas hábiles"])
    def test_a_promise_for_centuries_is_refused(self, promise: str) -> None:
        with pytest.raises(ValueError, match="veinte años"):
            due(OFFICE, "2026-11-20 16:30", promise)

    @pytest.mark.parametrize("promise", ["999999 horas", "999999 años"])
    def test_the_calendar_has_a_last_moment(self, promise: str) -> None:
        assert due(OFFICE, "9999-12-30 23:59", promise).startswith("9999-12-31 23:59")
        with pytest.raises(ValueError, match="veinte años"):
            due(OFFICE, "9999-12-30 23:59", "5 días hábiles")


class TestDaysThatAreDifferent:
    def test_national_holidays_have_names_in_spanish(self) -> None:
        assert OFFICE.holiday(date(2026, 9, 15)) == "Día de la Independencia"
        assert OFFICE.holiday(date(2026, 9, 16)) is None

    def test_a_local_fair_is_added_and_a_national_holiday_worked(self) -> None:
        own = WorkCalendar(
            OFFICE.hours,
            "GT",
            added={date(2026, 11, 25): "Feria patronal", CHRISTMAS_EVE: ""},
            removed=frozenset({EveryYear(10, 20), date(2027, 12, 24)}),
        )
        assert due(own, "2026-11-20 16:30", "8 días hábiles") == "2026-12-03 17:00"
        assert own.works(date(2026, 10, 20))
        assert not OFFICE.works(date(2026, 10, 20))
        assert not own.works(date(2026, 12, 24))
        assert own.works(date(2027, 12, 24))

    def test_half_a_day_counts_as_a_day_and_its_hours_as_they_are(self) -> None:
        own = WorkCalendar(OFFICE.hours, "GT", half_days={CHRISTMAS_EVE: parse_shifts("00:00-12:00")})
        assert due(own, "2026-12-23 10:00", "1 día hábil") == "2026-12-24 12:00"
        assert due(own, "2026-12-24 11:00", "2 horas hábiles") == "2026-12-28 09:00"

    def test_half_a_day_does_not_open_a_sunday(self) -> None:
        own = WorkCalendar(OFFICE.hours, half_days={CHRISTMAS_EVE: parse_shifts("08:00-12:00")})
        assert date(2028, 12, 24).weekday() == 6
        assert not own.works(date(2028, 12, 24))

    def test_a_company_that_opens_on_holidays_keeps_its_hours(self) -> None:
        open_ = WorkCalendar(parse_hours(week("08:00-17:00", holidays="08:00-10:00")), "GT")
        assert open_.shifts(date(2026, 9, 15)) == parse_shifts("08:00-10:00")

    def test_without_a_country_no_day_is_a_holiday(self) -> None:
        assert WorkCalendar(OFFICE.hours).works(date(2026, 9, 15))

    @pytest.mark.parametrize("country", ["gt", "ZZ", "Guatemala", "HolidayBase", "__init__"])
    def test_a_country_without_a_list_is_refused(self, country: str) -> None:
        with pytest.raises(ValueError, match="país"):
            due(WorkCalendar(OFFICE.hours, country), "2026-11-20 16:30", "1 día hábil")

    @pytest.mark.parametrize(
        "country",
        ["GT", "SV", "HN", "NI", "CR", "PA", "MX", "CO", "PE", "CL", "EC", "BO", "PY", "UY", "AR", "VE", "DO", "ES"],
    )
    def test_new_year_is_a_holiday_in_every_country_that_we_say_we_cover(self, country: str) -> None:
        assert WorkCalendar(OFFICE.hours, country).holiday(date(2026, 1, 1)) == "Año Nuevo"


class TestTimeBetween:
    def test_a_weekend_and_the_lunch_do_not_count(self) -> None:
        assert between(SHOP, "2026-11-20 16:30", "2026-11-23 10:30") == timedelta(hours=8)
        assert between(SHOP, "2026-11-20 12:30", "2026-11-20 13:30") == timedelta()

    def test_nothing_passes_in_no_time_and_time_does_not_run_backwards(self) -> None:
        assert between(SHOP, "2026-11-20 16:30", "2026-11-20 16:30") == timedelta()
        with pytest.raises(ValueError, match="anterior"):
            between(SHOP, "2026-11-20 16:30", "2026-11-20 16:29")

    def test_moments_a_lifetime_apart_are_refused(self) -> None:
        with pytest.raises(ValueError, match="veinte años"):
            between(SHOP, "1926-11-20", "2026-11-20")

    @unhurried
    @given(
        st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2027-12-31")),
        st.integers(1, 6000),
    )
    def test_a_deadline_in_business_minutes_is_that_much_work_away(self, received: datetime, minutes: int) -> None:
        unit = "minuto hábil" if minutes == 1 else "minutos hábiles"
        end = deadline(SHOP, received, parse_duration(f"{minutes} {unit}"))
        assert business_time(SHOP, received, end) == timedelta(minutes=minutes)

    @unhurried
    @given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.integers(1, 60))
    def test_so_many_business_days_later_are_so_many_days_of_work(self, received: date, days: int) -> None:
        last = business_day(SHOP, received, days)
        after = (received + timedelta(days=step + 1) for step in range((last - received).days))
        assert sum(SHOP.works(day) for day in after) == days


def between(calendar: WorkCalendar, start: str, end: str) -> timedelta:
    return business_time(calendar, datetime.fromisoformat(start), datetime.fromisoformat(end))


class TestHoursAsWritten:
    @pytest.mark.parametrize(
        ("text", "minutes"),
        [("cerrado", 0), ("24 horas", 1440), ("00:00-24:00", 1440), ("08:00-12:00, 12:00-18:00", 600)],
    )
    def test_a_day_is_so_long(self, text: str, minutes: int) -> None:
        assert _length(parse_shifts(text)) == minutes

    @pytest.mark.parametrize(
        "text", ["18:00-08:00", "08:00-08:00", "08:00-12:00, 11:00-13:00", "14:00-18:00, 08:00-12:00"]
    )
    def test_a_day_out_of_order_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match="no está en orden"):
            parse_shifts(text)

    def test_a_day_that_is_not_written_is_closed(self) -> None:
        assert parse_hours({}).never_opens
        assert not parse_hours({"domingo": "24 horas"}).never_opens


def _length(shifts: Iterable[tuple[int, int]]) -> int:
    return sum(closes - opens for opens, closes in shifts)
