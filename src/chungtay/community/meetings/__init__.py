"""Meetings of a hamlet or cluster: the call, the roll, the quorum over all households, votes, ballots, decisions.

What passes is said by `law/community.yaml`, counted by `rulebook.tally` and frozen in the decision when the minutes
are signed off. Knows nothing of gifts and runs no online poll. `calling`
`holding` `closing` `entering` the deeds, gathered in `actions`; `ballots` those of paper ballots.
"""
