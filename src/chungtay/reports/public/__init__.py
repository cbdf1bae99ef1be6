"""What anybody may read of a place, gathered for a page: totals, works and consented names only.

Each module is one page's facts, read in a fixed number of queries whatever the size of the place.
"""
