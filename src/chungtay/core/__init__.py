"""What every package stands on: refusals, the Actor, audit events, background jobs.

Knows nothing of places, people, law or figures. Nothing here imports another package of ours.
"""
