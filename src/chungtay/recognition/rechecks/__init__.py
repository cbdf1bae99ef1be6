"""Claims checked again in the field: samples drawn by a published seed, forms blind to the claim, scores, gap reports.

Knows what was claimed by `figures.claims` and `evidence.standing`, never how it is kept. Imports no other room.
`actions` deeds · `queries` samples and forms, `scoring` `gap_report` `waiting` what is made of them, `views` as read.
"""
