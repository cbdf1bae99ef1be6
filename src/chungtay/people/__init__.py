"""Users and the posts they hold.

Knows who may act, in which capacity, for which place and when. Knows nothing of law or figures.
"""
