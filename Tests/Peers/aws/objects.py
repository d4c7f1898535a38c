"""PutObject of S3, for the input file of a registration task. Ours; errors in XML, as S3's are."""

from urllib.parse import unquote
from xml.sax.saxutils import escape

from common.web import Answer

from .errors import AWSError

OPERATION = "PutObject"


def put(request, state):
    """Keeps an object of a bucket that is there: `POST /buckets` of the control interface makes one."""
    bucket, _, key = unquote(request.path.lstrip("/")).partition("/")
    if request.method != "PUT" or not key:
        raise AWSError("NotImplementedHere", "This peer has PutObject of S3 only")
    if bucket not in state.buckets:
        raise AWSError("NoSuchBucket", "The specified bucket does not exist", 404)
    state.objects[(bucket, key)] = request.body.decode()
    return Answer(200, b"")


def failure(error):
    """An error as S3 says it."""
    names = {
        "InvalidSignatureException": "SignatureDoesNotMatch",
        "UnrecognizedClientException": "InvalidAccessKeyId",
        "ExpiredTokenException": "ExpiredToken",
        "AccessDeniedException": "AccessDenied",
        "ThrottlingException": "SlowDown",
    }
    code = names.get(error.kind, error.kind)
    status = 503 if code == "SlowDown" else error.status
    text = (
        f"<?xml version='1.0' encoding='UTF-8'?><Error><Code>{code}</Code>"
        f"<Message>{escape(error.message)}</Message></Error>"
    )
    return Answer(status, text.encode(), {"Content-Type": "application/xml"})
