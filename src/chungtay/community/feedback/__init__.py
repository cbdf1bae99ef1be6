"""What people tell their office: said once without an account, followed by a number and a secret, answered in time.

What was said and who said it is kept encrypted and read only by the posts that answer for the place; whoever sent it
may have the contact erased. Others read only what a post published, without names.

`states` the table of moves · `working_days` when an answer is due · `secrets` number and secret · `policies` what
cannot be meant · `actions` deeds · `queries` reads.
"""
