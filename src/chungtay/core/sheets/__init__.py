"""Sheets of records: one record a row, filled in anywhere, read back with every fault by row and column.

A package declares the columns of its records (`columns`), `writing` makes the form as an Excel file, `reading` turns
the sheet somebody sent into values. Which deed a row then is, the package says itself (`columns.Records`).

    TITLES = Records(code="danh-hieu", sheet=sheet, enter=enter, known=known, …)

`cells` what a quick reader gives, with formulas and percents told. Nothing here knows a place, a post or a database.
"""
