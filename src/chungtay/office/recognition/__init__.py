"""Screens of recognition: dossiers, surveys, rechecks, titles, certificates."""
