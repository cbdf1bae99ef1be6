"""Procedures in the database: adopted from the law folder, frozen with their digest, never changed.

The one place that titles, surveys and dossiers ask which procedure leads to a title: `adopting` the deeds, `queries`
the reads.
"""
