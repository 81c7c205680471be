"""What a run learned, kept for the next one."""

from pauta.cache.found import as_bytes, from_bytes
from pauta.cache.kept import NO_CACHE, Cache, digest, open_cache

__all__ = ["NO_CACHE", "Cache", "as_bytes", "digest", "from_bytes", "open_cache"]
