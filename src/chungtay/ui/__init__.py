"""Components, tokens, template tags, charts. Knows no domain: it is handed words, numbers and shapes.

`tokens.css` holds every colour and size · `templates/ui/components` one file a component, its first line says
what it is · `templatetags/ui.py` the tags that fill them · `charts` SVG from plain data · `/huong-dan-giao-dien/`
shows them all.
"""
