"""The evaluator of CEL, loaded only for a manual that has rules of its own."""

from functools import cache
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader, FileFinder
from importlib.util import find_spec, module_from_spec
from typing import Any, Protocol

from pauta.findings import CannotGoOn


class Program(Protocol):
    """A condition that was compiled."""

    def execute(self, context: Any) -> Any:
        """Its answer in a context."""


class Evaluator(Protocol):
    """What is used of the module of the package «common-expression-language»."""

    Context: type[Any]

    def compile(self, expression: str) -> Program:
        """A condition ready to be asked; raises ValueError when it is not CEL."""


@cache
def evaluator() -> Evaluator:
    """The compiled part of the package alone.

    The package itself imports an interactive console with it, which takes twenty times as long.
    """
    package = find_spec("cel")
    folders = package.submodule_search_locations if package else None
    finder = (ExtensionFileLoader, EXTENSION_SUFFIXES)
    found = [spec for folder in folders or () if (spec := FileFinder(folder, finder).find_spec("cel.cel"))]
    if not found or found[0].loader is None:
        raise CannotGoOn(
            "El manual tiene reglas propias, y falta el programa que las comprueba.",
            "Instálelo: pip install common-expression-language",
        )
    module: Any = module_from_spec(found[0])
    found[0].loader.exec_module(module)
    evaluator_: Evaluator = module
    return evaluator_
