"""A neutral article draft and a fact sheet for a place and a time, every figure a query over records.

Knows what the records of the packages below say of a place, as facts. Writes no word that is not a fact or a sentence
kept by hand, and must not know who may see a screen.
"""
