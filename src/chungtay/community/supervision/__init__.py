"""Community supervision boards: one for each work or programme, set up by the Front, watching in the people's name.

`law/community.yaml` holds the numbers. Public are the offices that members hold; a name only where its owner agreed.
`policies` what a board must be · `actions` deeds · `queries` reads.
"""
