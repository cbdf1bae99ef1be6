"""Components, tokens, template tags, charts. Knows no domain: it is handed words, numbers and shapes.
"""
