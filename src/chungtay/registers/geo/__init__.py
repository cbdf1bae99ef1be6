"""Geometry of the registers: measured on the ellipsoid, checked, read from and written to the files of others.

Knows no database and no place: GeoJSON geometries (WGS 84, longitude before latitude) and bytes in, the same out.
`measuring` lengths and areas · `checking` what is wrong with a geometry, in sentences · `typed` what a person types ·
`reading` and `writing` map files · `vn2000` the national grid and its provincial meridians.
"""
