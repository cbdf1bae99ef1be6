"""The road to a title: registration of the year, the dossier with its steps, papers, checks, council and decision.

What the law asks is `rulebook.proceeding`, computed from events that only grow; nothing here stores where a dossier
stands. `registering` the year's list · `posts` which posts act for which body ·
`policies` what may be done · `cases` a dossier as the engine sees it · `stepping` `papers_held` `checks` `council`
`deciding` the deeds, gathered in `actions` · `gates` conditions read from the data · `gathering` what its papers
say, `generating` papers made from that and the whole file bound · `queries` reads · `waiting` what is due.
"""
