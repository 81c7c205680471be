"""What no site may show: a register of signatures, which names people."""

from pathlib import Path

from mkdocs.structure.files import File, Files

from pauta.history.acks import is_register

_LONGEST_HEADING = 1000


def take_out_registers(files: Files) -> list[str]:
    """Take the registers of signatures out of what is to be published; what each was, and what to do about it."""
    found = [file for file in files if file.src_uri.lower().endswith(".csv") and _is_register(file)]
    for file in found:
        files.remove(file)
    return [
        f"«{file.src_uri}» es un registro de acuses, con nombres de personas, y se iba a publicar. "
        "Muévalo a una carpeta que solo vea quien lo lleva, fuera del proyecto."
        for file in found
    ]


def _is_register(file: File) -> bool:
    if not file.abs_src_path:  # made by the program
        return False
    with Path(file.abs_src_path).open(encoding="utf-8", errors="replace") as opened:
        return is_register(opened.readline(_LONGEST_HEADING))
