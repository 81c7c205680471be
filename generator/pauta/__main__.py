"""``python -m pauta``."""

from pauta.cli import main

main()
