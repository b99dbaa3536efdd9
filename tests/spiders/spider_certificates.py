"""An authority of our own, whose certificates are as good or bad as a test wants them."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


class Authority:
    """Signs certificates for loopback addresses; its files are in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Oak Authority")])
        now = datetime.now(UTC)
        made = x509.CertificateBuilder(
            self._name,
            self._name,
            self._key.public_key(),
            1,
            now - timedelta(days=9),
            now + timedelta(days=9),
        ).add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        self._certificate = made.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    def trusting(self) -> ssl.SSLContext:
        """A client's context that trusts this authority and no other."""
        return ssl.create_default_context(cadata=self._certificate.decode())

    def context(self, *, address: str = "127.0.0.1", ends: timedelta = timedelta(days=1)) -> ssl.SSLContext:
        """A server's context with a certificate for an address that ends so long from now."""
        key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, address)])
        names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
        made = x509.CertificateBuilder(
            self._name, name, key.public_key(), 2, now - timedelta(days=5), now + ends
        ).add_extension(names, critical=False)
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        signed = made.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        path = self._folder / "server.pem"
        path.write_bytes(signed + private)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context
