"""Works people build: need, decision, simple file, funding, contract, diary, acceptance, settlement, upkeep, arrears.

Knows the purpose in the ledger that pays for a work, the decision that allowed it, and pushes built figures down to
`figures`. Must not know recognition or screens.
"""
