"""``pauta build`` that notes when MkDocs begins: run by measure.py, in a process of its own.

The first argument is the file for the note (the clock, and the processor time spent until then);
the others are those of ``pauta``.
"""

import sys
import time
from pathlib import Path
from typing import Any

from mkdocs.commands import build as mkdocs_build

from pauta.cli import main

_build = mkdocs_build.build


def _noted(*arguments: Any, **named: Any) -> None:
    Path(sys.argv[1]).write_text(f"{time.time()} {time.process_time()}", encoding="ascii")
    _build(*arguments, **named)


if __name__ == "__main__":
    mkdocs_build.build = _noted
    main(sys.argv[2:])
