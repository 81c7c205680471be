"""Rules of the company's own: conditions in CEL over the collections of the manual."""
