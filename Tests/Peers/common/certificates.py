"""A throw-away authority and what is signed by it. Nothing of it outlives the peer."""

import datetime
import ipaddress

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from OpenSSL import SSL, crypto

BEGINNING = datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc)
END = datetime.datetime(2049, 12, 31, 23, 59, 59, tzinfo=datetime.timezone.utc)


def pem(thing):
    """A certificate or private key as PEM text."""
    if isinstance(thing, x509.Certificate):
        return thing.public_bytes(serialization.Encoding.PEM).decode()
    return thing.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def name(common_name, organization=None):
    attributes = [x509.NameAttribute(NameOID.COMMON_NAME, common_name)]
    if organization:
        attributes.insert(0, x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization))
    return x509.Name(attributes)


class Authority:
    """A P-256 key with a certificate, self-signed or signed by `parent`."""

    def __init__(self, common_name, organization=None, parent=None):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.subject = name(common_name, organization)
        self.parent = parent
        issuer = parent or self
        builder = self._builder(self.subject, self.key.public_key(), issuer.subject)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        self.certificate = builder.sign(issuer.key, hashes.SHA256())

    @staticmethod
    def _builder(subject, public_key, issuer):
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(public_key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(BEGINNING)
            .not_valid_after(END)
        )

    def sign(self, subject, public_key, extensions=()):
        """A certificate for somebody else's key."""
        builder = self._builder(subject, public_key, self.subject)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        for extension in extensions:
            builder = builder.add_extension(extension, critical=False)
        return builder.sign(self.key, hashes.SHA256())

    def client(self, common_name):
        """A device's key and certificate."""
        key = ec.generate_private_key(ec.SECP256R1())
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH])
        return key, self.sign(name(common_name), key.public_key(), [usage])

    def server_context(self, names, asks_for_certificate=False):
        """TLS 1.2 or newer for these host names and the loopback.

        Every client certificate is let in: what it is worth is the application's decision, as in the clouds,
        where a stranger's certificate ends in a 401 and not in a broken handshake.
        """
        key = ec.generate_private_key(ec.SECP256R1())
        alternatives = [x509.DNSName(host) for host in ["localhost", *names]]
        alternatives.append(x509.IPAddress(ipaddress.ip_address("127.0.0.1")))
        extensions = [
            x509.SubjectAlternativeName(alternatives),
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]),
        ]
        certificate = self.sign(name("localhost"), key.public_key(), extensions)
        context = SSL.Context(SSL.TLS_SERVER_METHOD)
        context.set_min_proto_version(SSL.TLS1_2_VERSION)
        context.use_privatekey(crypto.PKey.from_cryptography_key(key))
        context.use_certificate(crypto.X509.from_cryptography(certificate))
        context.set_session_cache_mode(SSL.SESS_CACHE_OFF)
        if asks_for_certificate:
            context.set_verify(SSL.VERIFY_PEER, lambda *_: True)
        return context
