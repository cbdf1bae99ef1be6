"""Geometry of the registers: measured on the ellipsoid, read from and written to files of others. Knows no database."""
