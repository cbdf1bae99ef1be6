"""Builds the two stories from records, by the same deeds officers use. Never part of a production site."""
