"""Files with hash, time and place, what each one proves, what is odd about it, and how strong a claim's evidence is.

Knows bytes, places and posts. What a file proves it knows only as a `Subject`: a kind word and an id ("figure", the
uid of an observation), with the words, place and period it was handed. It must not know figures, works or meetings:
they stand above, and ask.

`kinds` what may be kept and how large · `examining` `pictures` `papers` `videos` what bytes are, or why they are
refused · `storing` originals by hash, copies for the eye, the virus scanner · `flagging` what asks a person to look ·
`grading` the four grades · `policies` who sees and does what · `actions` deeds · `queries` reads · `jobs` copies.
"""
