"""What people decide and do together: households, meetings, ballots, decisions, outreach, campaigns, yearly titles.

Knows households only as far as a list of the hamlet needs them. Must not know gifts: nothing here, and nothing above,
may set the list of households beside what was given.
"""
