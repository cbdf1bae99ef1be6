"""Titles that places hold: granted by a dossier or on record from before; reviewed, at risk, withdrawn, carried on."""
