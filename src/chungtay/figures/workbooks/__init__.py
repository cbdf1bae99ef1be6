"""Figures by workbook: a file is made for a place, filled in anywhere, tried, and written whole or not at all.

`layout` what a workbook holds, plain data · `writing` layout → XLSX · `building` a place and a standard → layout ·
`opening` bytes → cells, whatever is unsafe refused · `reading` cells of our own workbook → figures typed ·
`weighing` figures typed against figures on record: new, changed, the same, refused · `models`, `queries`, `actions`
an import on its way · `running` at once or as a job.

Another office's workbook: `foreign` where things stand in it · `filling` our
figures into its cells · `mappings` layouts that were saved.

`layout`, `writing` and `opening` know no database.
"""
