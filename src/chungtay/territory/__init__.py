"""Places in time: levels, codes, regions, mergers, successors.

Knows what a place was called, of what kind it was and where it belonged on any day. Knows nothing of people, law or
figures.
"""
