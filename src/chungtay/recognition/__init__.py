"""The legal act of recognition, from the dossier to the certificate and its upkeep; knows nothing of screens.

Whether a place meets the standard today is not its business to say: that is `figures`, shown beside it.
"""
