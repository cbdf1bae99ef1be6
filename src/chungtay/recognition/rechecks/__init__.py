"""Claims are checked: random samples with a published seed, field forms blind to the claim, mismatch scores."""
