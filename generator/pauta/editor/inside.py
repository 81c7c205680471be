"""Paths that the program may write to: inside a project's folder, and never through a link out of it."""

from pathlib import Path

from pauta.findings import CannotGoOn


def inside(root: Path, relative: str) -> Path:
    """The place of a file or folder of a project.

    Raises CannotGoOn when one of its parent folders, or the folder itself, is a link that leads
    out of the project, or is not a folder.
    """
    path = root / relative
    home = root.resolve()
    for step in (*reversed(path.relative_to(root).parents), path.relative_to(root)):
        here = root / step
        if here.is_symlink() and not here.resolve().is_relative_to(home):
            raise CannotGoOn(
                f"«{step.as_posix()}» es un enlace que lleva fuera de la carpeta del proyecto.",
                "Bórrelo, o ponga en su lugar una carpeta o un archivo de verdad.",
            )
        if step != path.relative_to(root) and here.exists() and not here.is_dir():
            raise CannotGoOn(
                f"«{step.as_posix()}» debe ser una carpeta y es un archivo.",
                "Cámbiele el nombre o muévalo a otro lugar.",
            )
    return path
