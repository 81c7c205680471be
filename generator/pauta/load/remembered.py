"""Documents as bytes, for the next run to read without the parser, and back.

Only of files in which nothing was found: what is wrong with a file is always found again in the file.
"""

import json
from array import array

from pauta.cache import Cache
from pauta.load.document import Document, Source

_PLACES = "I"


def recall(cache: Cache, name: str, data: bytes, key: str) -> Document | None:
    """The document that an earlier run made of the same bytes, or None."""
    kept = cache.recall(key)
    if kept is None:
        return None
    length, _, rest = kept.partition(b"\n")
    try:
        end = int(length)
        places = array(_PLACES)
        places.frombytes(rest[end:])
        return Document(Source(name, data), json.loads(rest[:end]), places, key)
    except (ValueError, RecursionError):
        return None


def remember(cache: Cache, document: Document) -> None:
    """Keep a document for another run, under what stands for its bytes."""
    values = json.dumps(document.value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    cache.keep(document.digest, b"%d\n" % len(values), values, document.places.tobytes())
