"""A person asks that their name be taken off: said once without an account, followed by a number and a secret.

What was asked and who asked is kept encrypted and read only by the posts that answer for the place. The names
themselves are taken off by the deeds of the rooms where they stand. `actions` deeds · `queries` reads.
"""
