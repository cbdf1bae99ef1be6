"""What the people are told: news, notices, and the record of what was posted where, from when to when.

A news item is a draft until it is published, and is withdrawn with a reason; each edit is a new version, in any
language, and what stood there before stays. A posting is ended once, early only with a reason. The days come from
`law/publishing.yaml`.

`rules` the law · `languages` what a version may be in · `rewording` a name taken out · `policies` what cannot be
meant · `actions` deeds on news · `posting` deeds on postings · `queries` `postings` reads · `papers` the record of
posting as a paper · `videos` what a video tells of its maker, left out · `requests` having one's name taken off.
"""
