from collections.abc import Iterator, Mapping, Sequence

from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Cadena con vuelta", Severity.ERROR, needs=("momentos",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que, siguiendo lo que cada momento dice en «Va antes de», nunca se vuelva a uno por el que ya se
    pasó.

    Por qué importa
    La cadena del servicio dice qué tiene que haber pasado para que lo siguiente salga bien. Si da
    la vuelta, cada momento espera por otro y ninguno puede ser el primero.

    Cómo se arregla
    Quite de «antes_de» el momento que en realidad ocurre primero:

        - id: mo_pagar_recibe
          antes_de:
            - mo_pagar_revisa
        - id: mo_pagar_revisa
          antes_de:
            - mo_pagar_forma
    """
    moments = {moment.id: moment for moment in manual.all("momentos")}
    following = {name: moment.get("antes_de", ()) for name, moment in moments.items()}
    for loop in _loops(following):
        last, titles = moments[loop[-1]], [f"«{manual.title(moments[name])}»" for name in loop]
        yield Problem(
            last.at("antes_de", following[last.id].index(loop[0])),
            f"El momento {titles[0]} dice que va antes de sí mismo."
            if len(loop) == 1
            else f"La cadena de momentos da la vuelta: {' → '.join([*titles, titles[0]])}.",
            f"Quite «{loop[0]}» de «antes_de» en «{last.id}», o corte la vuelta donde en verdad empieza.",
        )


def _loops(following: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Each loop that a step back closes: its names in order, the last of which goes before the first.

    Without those steps back there would be no loop left. It walks without recursion, for a chain
    may be as long as the manual.
    """
    seen: set[str] = set()
    for start in following:
        path = {} if start in seen else {start: iter(following[start])}
        seen.add(start)
        while path:
            here = next(reversed(path))
            after = next(path[here], None)
            if after is None:
                del path[here]
            elif after in path:
                names = list(path)
                yield names[names.index(after) :]
            elif after in following and after not in seen:
                seen.add(after)
                path[after] = iter(following[after])
