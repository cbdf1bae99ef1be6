"""Screens of reports, their annex tables and the stories drafted from records."""
