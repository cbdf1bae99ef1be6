"""The village convention (hương ước, quy ước) in its versions: posted as a draft, passed by the households, recognised
by the commune, in force until the next. `policies` what the law asks · `actions` deeds · `queries` reads."""
