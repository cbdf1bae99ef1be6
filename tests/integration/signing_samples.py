"""Real keys and certificates, made in a moment, and PDFs signed with them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from chungtay.recognition.signing import signers

NOW = datetime.fromisoformat("2026-03-02T09:00:00+07:00")
_DER, _PEM = serialization.Encoding.DER, serialization.Encoding.PEM


@dataclass(frozen=True)
class Holder:
    """A certificate with its key; `above` the one that issued it, None for one that issued itself."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey
    above: "Holder | None" = None

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(_DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(_PEM)

    @property
    def key_pem(self) -> bytes:
        plain = serialization.NoEncryption()
        return self.key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, plain)

    def signer(self) -> signers.Signer:
        above = [self.above.der] if self.above else []
        return signers.soft(self.der, self.key_pem, above)


def issue(
    name: str,
    above: Holder | None = None,
    *,
    is_authority: bool = False,
    begins: datetime = NOW - timedelta(days=400),
    ends: datetime = NOW + timedelta(days=4000),
) -> Holder:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    use = {"digital_signature": not is_authority, "content_commitment": not is_authority}
    use |= {"key_cert_sign": is_authority, "crl_sign": is_authority}
    none = ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only")
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(above.certificate.subject if above else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(is_authority, None), True)
        .add_extension(x509.KeyUsage(**use, **dict.fromkeys(none, False)), True)
        .sign(above.key if above else key, hashes.SHA256())
    )
    return Holder(made, key, above)


@cache
def root() -> Holder:
    return issue("Cơ quan chứng thực thử", is_authority=True)


@cache
def office() -> Holder:
    return issue("Ủy ban nhân dân xã Vô Tranh", root())


def revoking(holder: Holder) -> bytes:
    """The root's list that takes a certificate back, as PEM."""
    taken = x509.RevokedCertificateBuilder().serial_number(holder.certificate.serial_number)
    made = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root().certificate.subject)
        .last_update(NOW - timedelta(days=2))
        .next_update(NOW + timedelta(days=30))
        .add_revoked_certificate(taken.revocation_date(NOW - timedelta(days=3)).build())
        .sign(root().key, hashes.SHA256())
    )
    return made.public_bytes(_PEM)


def signed(content: bytes, holder: Holder, field_name: str = "ChuKySo") -> bytes:
    """The PDF with a signature by the holder added."""
    return signers.sign_pdf(content, holder.signer(), field=field_name)


def roots_folder(folder: Path, *files: tuple[str, bytes]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in (("root.pem", root().pem), *files):
        (folder / name).write_bytes(content)
    return folder


def soft_token(module: Path, folder: Path, holder: Holder) -> str:
    """A SoftHSM token that holds the key and certificate; gives the setting of a signer that uses it."""
    import os
    import subprocess

    import pkcs11

    (folder / "tokens").mkdir()
    (folder / "softhsm.conf").write_text(
        f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\n"
    )
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm.conf")
    run = ["softhsm2-util", "--init-token", "--free", "--label", "thu", "--pin", "1234", "--so-pin", "4321"]
    subprocess.run(run, check=True, capture_output=True)
    (folder / "k.pem").write_bytes(holder.key_pem)
    load = ["softhsm2-util", "--import", str(folder / "k.pem"), "--token", "thu", "--label", "ubnd"]
    subprocess.run([*load, "--id", "01", "--pin", "1234"], check=True, capture_output=True)
    kinds = {pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE, pkcs11.Attribute.TOKEN: True}
    kinds |= {pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509, pkcs11.Attribute.ID: b"\x01"}
    kinds |= {pkcs11.Attribute.LABEL: "ubnd", pkcs11.Attribute.VALUE: holder.der}
    kinds[pkcs11.Attribute.SUBJECT] = holder.certificate.subject.public_bytes()
    with pkcs11.lib(str(module)).get_token(token_label="thu").open(rw=True, user_pin="1234") as session:
        session.create_object(kinds)
    (folder / "pin-file").write_text("1234")
    return f"pkcs11://{module}?token=thu&key=ubnd&pin-file={folder}/pin-file"
