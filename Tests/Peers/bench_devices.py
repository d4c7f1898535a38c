"""What the benchmarks of provisioning share: requests of devices, and what a peer was asked."""

import concurrent.futures
import json
import urllib.request

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

POLICY = "devices"
DOCUMENT = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "iot:Connect", "Resource": "*"}],
    }
)

# What AWS gives an account, calls a second. Sources: those of the registrar's own list of limits.
LIMITS = {
    "CreateThing": 100,
    "AttachThingPrincipal": 100,
    "DescribeThing": 350,
    "AttachPolicy": 15,
    "CreateCertificateFromCsr": 15,
    "UpdateCertificate": 10,
    "DescribeCertificate": 10,
    "DescribeEndpoint": 10,
}


def request_of(name):
    """A certificate request with a P-256 key of its own: `(name, DER)`."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, hashes.SHA256())
    return name, made.public_bytes(serialization.Encoding.DER)


def requests(count):
    """Made before any clock runs."""
    with concurrent.futures.ThreadPoolExecutor() as pool:
        return list(pool.map(request_of, (f"SN-{number:06}" for number in range(count))))


def iot(ready, threads=16):
    """AWS's own client at the peer. Its `standard` retries wait and try again, as AWS advises."""
    import boto3
    from botocore.config import Config

    one = ready["accounts"][0]
    return boto3.client(
        "iot",
        endpoint_url=ready["url"],
        region_name=one["region"],
        aws_access_key_id=one["accessKeyID"],
        aws_secret_access_key=one["secretAccessKey"],
        config=Config(max_pool_connections=threads, retries={"mode": "standard", "max_attempts": 20}),
    )


def control(ready, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    ordered = urllib.request.Request(ready["control"] + path, data=data, headers=headers)
    with urllib.request.urlopen(ordered) as answer:
        return json.loads(answer.read() or b"{}")


def is_azure(ready):
    return "dps" in ready


def limit(ready, per_minute=None):
    """Has the peer refuse what is more than AWS's limits, or than so many calls of Azure's in a minute."""
    if is_azure(ready):
        control(ready, "/limits", {"operation": "*", "count": per_minute, "seconds": 60})
        return
    for operation, count in LIMITS.items():
        control(ready, "/limits", {"operation": operation, "count": count, "seconds": 1})


def asked(ready):
    """How many calls there were, and how many were throttled: AWS's 400s, as there are no others; Azure's 429s."""
    log = control(ready, "/requests")
    log = log["requests"] if isinstance(log, dict) else log
    return len(log), sum(each.get("status") == (429 if is_azure(ready) else 400) for each in log)


def let_in(ready):
    """How many devices are let in."""
    if is_azure(ready):
        entries = control(ready, "/state")["enrollments"]
        return sum(each["provisioningStatus"] == "enabled" for each in entries)
    return active(iot(ready))


def active(client):
    """How many certificates are active: the devices that are let in."""
    pages, marker = 0, None
    while True:
        page = client.list_certificates(pageSize=250, **({"marker": marker} if marker else {}))
        pages += sum(each["status"] == "ACTIVE" for each in page["certificates"])
        marker = page.get("nextMarker")
        if not marker:
            return pages


def told(seconds, let_in, failed, calls, refused):
    """What a benchmark prints."""
    return json.dumps(
        {"seconds": seconds, "in": let_in, "failed": failed, "calls": calls, "refused": refused}
    )
