"""That nothing in a ledger was changed, shown to whoever does not trust us.

`lines` how an entry is written and hashed · `merkle` the trees of RFC 6962 · `receipts` what a receipt's QR carries ·
`checking` a public file, and a receipt in it, checked offline: these four know no database · `sealing` checkpoints ·
`files` the public file of a place.
"""
