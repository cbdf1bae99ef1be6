"""Emulation movements and campaigns of the mass organisations: whose, from when to when, with what aim, and their
results in the words in which they were told. `actions` deeds · `queries` reads."""
