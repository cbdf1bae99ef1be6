"""The tables of recognition, gathered for Django from the rooms that own them."""

from chungtay.recognition.signing.models import Certificate, Register, SignatureProof, SignedCopy
from chungtay.recognition.titles.models import Title

__all__ = ["Certificate", "Register", "SignatureProof", "SignedCopy", "Title"]
