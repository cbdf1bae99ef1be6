"""Proofs that a paper was signed, and the certificates of titles. A click is never a signature.

`seals` the seal on a certificate's bytes · `signed_pdf` digital signatures of a PDF · `checking` a file checked by
itself: these three know no database · `signers` whose key signs for this site · `actions` `queries` `policies` proofs ·
`certificates` deeds, `registers` reads · `facts` what a certificate says · `lists` the public list of what is in force.
"""
