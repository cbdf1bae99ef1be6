"""A made-up nation on the real map: hamlets, and years of figures, for trying the system at full size.

Everything here is invented and says so: each figure bears the mark `simulated`, each record the source “Mô phỏng”,
and the site a notice on every page (docs/adr/0013). Never part of a production site.

Pure, with no database: `hamlet_names` (what a hamlet might be called) · `subjects` (what the law asks about, and which
way is better) · `plausible` (a value near what the law asks) · `figures` (a place through the years) · `breaking`
(rows spoilt on purpose). With the database: `places` (who is simulated), `nation` (the run).
"""
