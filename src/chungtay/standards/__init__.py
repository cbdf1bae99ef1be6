"""Measures and standards adopted from the law, each version frozen with its digest; the main door to the engine.

Knows what is in force on a day. Knows nothing of figures or verdicts.
"""
