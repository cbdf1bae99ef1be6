"""Outreach sessions and, apart from them, training: what was held, who held it, how many attendances.

Attendances are counted each time (lượt), not persons. Where a paper tells only a total, the total is kept as told and
the sessions under it that nobody recorded are reconstructed, so that they sum to it; each session recorded later takes
the place of a reconstructed one (`filling`).

`policies` what cannot be meant · `actions` deeds · `filling` reconstructed sessions under told totals · `queries`
lists, sums, averages.
"""
