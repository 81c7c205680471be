"""Stage 6: pages -> a site on disk. The only part that writes one, and that knows MkDocs."""
