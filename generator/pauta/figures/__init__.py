"""Stage 6: the manual -> pictures as SVG, made of text and shapes alone."""

from pauta.figures.agreement_pyramid import agreement_pyramid
from pauta.figures.bad_service import bad_service_bars
from pauta.figures.blueprint import service_blueprint
from pauta.figures.capacity_chart import capacity_chart
from pauta.figures.complaint_flow import complaint_flow
from pauta.figures.cost_breakdown import cost_breakdown
from pauta.figures.coverage_matrix import coverage, coverage_matrix
from pauta.figures.deadline_calendar import deadline_calendar
from pauta.figures.service_chain import service_chain
from pauta.figures.service_cycle import service_cycle
from pauta.figures.six_steps import six_steps
from pauta.figures.stock_levels import stock_levels
from pauta.figures.triangle import service_triangle

__all__ = [
    "agreement_pyramid",
    "bad_service_bars",
    "capacity_chart",
    "complaint_flow",
    "cost_breakdown",
    "coverage",
    "coverage_matrix",
    "deadline_calendar",
    "service_blueprint",
    "service_chain",
    "service_cycle",
    "service_triangle",
    "six_steps",
    "stock_levels",
]
