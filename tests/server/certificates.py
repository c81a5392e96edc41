"""Certificates as a county makes them itself: an authority, and what it signs for the centre."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


def _name(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


class Authority:
    """Signs certificates; ``file`` is its own, which stations are given."""

    def __init__(self, folder: Path, name: str = "示例县自建") -> None:
        self._folder, self._name = folder, _name(name)
        self._key = ec.generate_private_key(ec.SECP256R1())
        now = datetime.now(UTC)
        built = self._begun(self._name, self._key.public_key(), now, now + timedelta(days=10))
        built = built.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        self.file = folder / f"{name}.pem"
        self.file.write_bytes(built.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM))

    def _begun(
        self, subject: x509.Name, key: ec.EllipticCurvePublicKey, begin: datetime, end: datetime
    ) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(begin)
            .not_valid_after(end)
        )

    def sign(self, address: str = "127.0.0.1", *, begin: int = -1, days: int = 5) -> tuple[Path, Path]:
        """Certificate and key for a server at an address, valid from ``begin`` days from now."""
        key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC) + timedelta(days=begin)
        names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
        built = self._begun(_name("centre"), key.public_key(), now, now + timedelta(days=days))
        signed = built.add_extension(names, critical=False).sign(self._key, hashes.SHA256())
        certificate, secret = self._folder / "centre.crt", self._folder / "centre.secret"
        certificate.write_bytes(signed.public_bytes(Encoding.PEM))
        secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return certificate, secret
