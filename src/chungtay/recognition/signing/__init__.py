"""Three proofs of signature and the certificate: digital, scan of the wet-signed paper, where the paper lies."""
