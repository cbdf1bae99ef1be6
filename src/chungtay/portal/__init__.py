"""The public face: what a villager, a journalist or a donor sees, without an account.

It reads by queries and shows totals, works and consented names only. It does no deed but what anybody may do (a
feedback, a request that a name be taken off), and never imports a model nor `office`.
"""
