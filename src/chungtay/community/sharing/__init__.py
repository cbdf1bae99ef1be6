"""Share formulas for a meeting: what each household would give under each, side by side, and the one chosen.

`formulas` is pure arithmetic. Trials keep their inputs sealed; the public sees formula and total only.
"""
