"""Screens of sources, gifts, receipts and cash books."""
