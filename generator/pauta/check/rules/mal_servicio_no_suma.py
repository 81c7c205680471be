from collections.abc import Iterator

from pauta.calculate import bad_service
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Costo del mal servicio que no sale", Severity.ERROR, needs=("costo",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que el monto de cada concepto del costo del mal servicio sea el de su fórmula, cuando esta solo tiene
    los nombres de sus datos y los signos × ÷ + − ( ); y que el impacto sea la suma de los conceptos en
    un año.

    Por qué importa
    Es la cifra con que se pide dinero para mejorar. Si no sale, se pierde la discusión.

    Cómo se arregla
    Escriba el resultado, o corrija el dato:

        formula: quejas al mes × costo de la hora
        datos:
          - nombre: quejas al mes
            valor: 72 quejas
          - nombre: costo de la hora
            valor: 50 GTQ
        monto: 3600 GTQ
    """
    yield from failing(bad_service.concepts(manual), bad_service.yearly(manual))
