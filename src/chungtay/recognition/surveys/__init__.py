"""The satisfaction survey of the Front: one ballot a household, an anonymous count, frozen and published.

`opening` `slips` `answering` `closing` `tasks` the deeds, gathered in `actions` · `policies` what may be done ·
`counting` pure · `queries` what everybody may read, `collecting` what those who hand out slips read · `views` both.
"""
