"""Who produces what, where and how: co-operatives and groups with their members, areas by crop and practice,
growing-area codes with their households and cultivation diaries, linked contracts, brands, OCOP products, income
surveys.

`kinds` what each kind of record tells, as data · `rules` the law's file · `actions` entering, correcting, closing ·
`members` `codes` `ratings` what hangs on one record · `queries` records and totals with what stands behind each ·
`expiring` what ends soon · `pushing` the figures it tells a place. Households are known by their id; names stay with
the list of households, and nothing here shows one.
"""
