"""The list of households of a hamlet: who speaks for each, how many they are, where it stood from when to when.

Names and addresses are kept encrypted; poverty, ethnicity, disability and why a household is exempt stand in a table
of their own that few posts read. Knows nothing of what a household gave.
"""
