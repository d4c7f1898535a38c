"""sts GetCallerIdentity: which account a key belongs to. Ours; XML, as AWS's is."""

import uuid
from urllib.parse import parse_qsl
from xml.sax.saxutils import escape

from common.web import Answer

from .errors import AWSError

NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/"


def operation(request):
    """The action that a request names in its form."""
    return dict(parse_qsl(request.body.decode("latin-1"))).get("Action", "")


def identity(request, account):
    form = dict(parse_qsl(request.body.decode("latin-1")))
    if form.get("Action") != "GetCallerIdentity" or form.get("Version") != "2011-06-15":
        raise AWSError("InvalidRequestException", "This peer has sts GetCallerIdentity of 2011-06-15 only")
    text = (
        f'<GetCallerIdentityResponse xmlns="{NAMESPACE}"><GetCallerIdentityResult>'
        f"<Arn>arn:aws:iam::{account.account}:user/installer</Arn><UserId>{account.access_key}</UserId>"
        f"<Account>{account.account}</Account></GetCallerIdentityResult><ResponseMetadata>"
        f"<RequestId>{uuid.uuid4()}</RequestId></ResponseMetadata></GetCallerIdentityResponse>"
    )
    return Answer(200, text.encode(), {"Content-Type": "text/xml"})


def failure(error):
    """An error as sts says it: `SignatureDoesNotMatch` and others, which are named otherwise there."""
    names = {
        "InvalidSignatureException": "SignatureDoesNotMatch",
        "UnrecognizedClientException": "InvalidClientTokenId",
        "ExpiredTokenException": "ExpiredToken",
        "MissingAuthenticationTokenException": "MissingAuthenticationToken",
        "IncompleteSignatureException": "IncompleteSignature",
        "ThrottlingException": "Throttling",
    }
    code = names.get(error.kind, error.kind)
    text = (
        f'<ErrorResponse xmlns="{NAMESPACE}"><Error><Type>Sender</Type><Code>{code}</Code>'
        f"<Message>{escape(error.message)}</Message></Error>"
        f"<RequestId>{uuid.uuid4()}</RequestId></ErrorResponse>"
    )
    return Answer(error.status, text.encode(), {"Content-Type": "text/xml"})
