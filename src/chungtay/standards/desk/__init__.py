"""The law desk: drafts of standards, their second check, and publishing them as immutable versions.

Drafts judge nothing officially: nothing above that judges may import this package (import-linter holds it).
"""
