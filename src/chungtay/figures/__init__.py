"""Observations (measure, place, period, exact value, source, state) and what the law says of them.

Knows verdicts, stated verdicts and frozen assessments. Knows nothing of legal recognition.
"""
