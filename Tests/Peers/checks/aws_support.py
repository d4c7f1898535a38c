"""A gate shared by the AWS checks, and AWS's own client in front of it."""

import unittest

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from common.certificates import name

from .peer import Peer

POLICY = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:Connect","Resource":"*"}]}'
ROLE = "arn:aws:iam::111122223333:role/provisioning"


def csr(common_name):
    """A P-256 key and a certificate request for it as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    request = (
        x509.CertificateSigningRequestBuilder().subject_name(name(common_name)).sign(key, hashes.SHA256())
    )
    return key, request.public_bytes(serialization.Encoding.PEM).decode()


class GateChecks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.peer = Peer.shared("aws_gate.py")

    def setUp(self):
        self.peer.reset()

    def client(self, number=0, service="iot", keys=None, **config):
        keys = keys or self.peer.ready["accounts"][number]
        return boto3.client(
            service,
            endpoint_url=self.peer.ready["url"],
            region_name=keys["region"],
            aws_access_key_id=keys["accessKeyID"],
            aws_secret_access_key=keys["secretAccessKey"],
            aws_session_token=keys.get("sessionToken"),
            config=Config(retries={"total_max_attempts": 1}, **config),
        )

    def refused(self, kind, status, call, **parameters):
        """The call fails as AWS fails it."""
        with self.assertRaises(ClientError) as caught:
            call(**parameters)
        self.assertEqual(caught.exception.response["Error"]["Code"], kind)
        self.assertEqual(caught.exception.response["ResponseMetadata"]["HTTPStatusCode"], status)
        return caught.exception
