"""The public tables: their columns, rows, dates, licence and provenance, once for pages, files and the API.

`shapes` what a table is · `walking` rows by a cursor, so that a country leaves as a stream · `of_*` the tables of one
subject · `catalogue` all of them, and when each last changed · `files` CSV, JSON, XLSX · `describing` DCAT and CSVW ·
`changes` what happened, for feeds, and what is to happen, for calendars.

Nothing here names a person but who agreed to be named. What is not known is empty and says why, never zero. Rows do
not depend on the reader's language: codes stay codes, and each column holds the words of its codes in both.
"""
