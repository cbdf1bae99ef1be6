"""What a place brings with it on its first day: titles, households, works, debts, funds, each kind by a sheet.

`kinds` the kinds of records, each declared by the package that keeps them · `models`, `queries`, `actions` a sheet on
its way: sent, tried, written whole or not at all · `trying` rows → verdicts, by really doing the deeds · `running` at
once or as a job.

Knows every package that keeps records. Knows nothing of screens.
"""
