"""Vietnamese in software: numbers, dates, letters. Pure: no Django, no clock, no files."""
