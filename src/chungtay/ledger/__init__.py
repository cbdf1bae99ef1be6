"""What was given and spent: sources, State money, gifts of money, labour, land and goods, receipts, cash, proofs.

Entries only grow; a mistake is reversed. Must not know households: a gift bears no household, so that no list of who
did not give can ever be made. Owns the `Purpose` that money and labour serve, to which works point.
"""
