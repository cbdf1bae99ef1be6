"""The public tables: their columns, rows, dates, licence and provenance, once for pages, files and the API."""
