"""The making of each kind of page: one room a kind, called by ``site.py`` in the order of the menu."""
