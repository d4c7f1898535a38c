#!/usr/bin/env python3
"""Makes the vectors of this folder: make-vectors.py AWS_C_AUTH_CHECKOUT. Needs botocore."""
import datetime, json, pathlib, sys
import botocore, botocore.loaders, botocore.session
from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.endpoint_provider import EndpointProvider

here = pathlib.Path(__file__).parent


def write(name, value):
    text = json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    (here / name).write_text(text, encoding="utf-8")


def published(checkout):
    cases = []
    for folder in sorted((checkout / "tests/aws-signing-test-suite/v4").iterdir()):
        read = lambda name: (folder / name).read_text(encoding="utf-8")
        names = [f"{form}-{part}" for form in ("header", "query")
                 for part in ("canonical-request", "string-to-sign", "signature", "signed-request")]
        cases.append({"name": folder.name, "context": json.loads(read("context.json")), "request": read("request.txt"),
                      **{name: read(name + ".txt") for name in names}})
    write("SigV4/published.json", cases)


class Fixed(datetime.datetime):
    """A clock that stands at the time of the published cases."""
    @classmethod
    def utcnow(cls):
        return cls(2015, 8, 30, 12, 36, 0)

    @classmethod
    def now(cls, tz=None):
        return cls(2015, 8, 30, 12, 36, 0, tzinfo=tz)


ARN = "arn:aws:iot:eu-west-1:123456789012:cert/" + "ab" * 32
TRAPS = [
    ("colon in a query value", "GET", ["endpoint"], [("endpointType", "iot:Data-ATS")], [], "", "eu-west-1", None),
    ("colon in a thing name", "GET", ["things", "site:7_meter-1"], [], [], "", "eu-west-1", None),
    ("policy name of every kind", "PUT", ["target-policies", "a+b=c,d.e@f"], [], [], '{"target":"%s"}' % ARN,
     "eu-west-1", None),
    ("an ARN as one label", "POST", ["attached-policies", ARN], [("recursive", "false"), ("pageSize", "250")], [], "",
     "eu-west-1", None),
    ("principal header", "PUT", ["things", "meter-1", "principals"], [("thingPrincipalType", "EXCLUSIVE_THING")],
     [("x-amzn-principal", ARN)], "", "eu-west-1", None),
    ("put with query and no body", "PUT", ["certificates", "ab" * 32], [("newStatus", "ACTIVE")], [], "", "eu-west-1",
     None),
    ("session token", "GET", ["things", "meter-1"], [], [], "", "us-east-1", "FwoGZXIvYXdzEXAMPLE//token=="),
    ("non-ASCII body", "POST", ["policies", "Zähler"], [], [], '{"policyDocument":"{\\"Äöü\\":\\"電力\\"}"}', "eu-west-1",
     None),
    ("China", "GET", ["things", "meter-1"], [], [], "", "cn-north-1", None),
    ("unsorted query", "GET", ["certificates"], [("pageSize", "25"), ("marker", "a/b+c=="), ("isAscendingOrder", "false")],
     [], "", "eu-west-1", None),
    ("empty query value", "GET", ["things"], [("nextToken", ""), ("maxResults", "1")], [], "", "eu-west-1", None),
    ("tilde, space and percent", "GET", ["things", "~a b%41"], [("q", "~a b%41")], [], "", "eu-west-1", None),
    ("a port", "GET", ["things", "meter-1"], [], [], "", "eu-west-1", None, "127.0.0.1:5151"),
]


def traps():
    import urllib.parse
    import botocore.auth, botocore.compat
    for module in (botocore.auth, botocore.compat):
        if hasattr(module, "get_current_datetime"):
            module.get_current_datetime = lambda remove_tzinfo=True: Fixed(2015, 8, 30, 12, 36, 0)
    quote = lambda text: urllib.parse.quote(text, safe="-._~")
    cases = []
    for name, method, path, query, headers, body, region, token, *rest in TRAPS:
        suffix = "com.cn" if region.startswith("cn-") else "com"
        host = rest[0] if rest else f"iot.{region}.amazonaws.{suffix}"
        target = "/" + "/".join(map(quote, path))
        url = f"{'http' if rest else 'https'}://{host}{target}"
        if query:
            url += "?" + "&".join(f"{quote(key)}={quote(value)}" for key, value in query)
        request = AWSRequest(method=method, url=url, data=body.encode() or None)
        if body:
            request.headers["Content-Type"] = "application/json"
        for key, value in headers:
            request.headers[key] = value
        signer = SigV4Auth(Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token), "iot", region)
        signer.add_auth(request)
        cases.append({"name": name, "method": method, "path": path, "query": [list(pair) for pair in query],
                      "headers": [list(pair) for pair in headers], "body": body, "region": region, "host": host,
                      "token": token, "date": request.headers["X-Amz-Date"],
                      "authorization": request.headers["Authorization"]})
    write("SigV4/traps.json", {"botocore": botocore.__version__, "cases": cases})


def operations(model):
    shapes, table = model["shapes"], {}
    for name, operation in model["operations"].items():
        shape = shapes[operation["input"]["shape"]] if "input" in operation else {"members": {}}
        entry = {"method": operation["http"]["method"], "uri": operation["http"]["requestUri"].split("?")[0],
                 "query": [], "headers": [], "body": [], "required": shape.get("required", []),
                 "errors": [error["shape"] for error in operation.get("errors", [])]}
        for member, value in shape["members"].items():
            place = {"querystring": "query", "header": "headers"}.get(value.get("location"), "body")
            if value.get("location") != "uri":
                entry[place].append(value.get("locationName", member))
        output = shapes[operation["output"]["shape"]]["members"] if "output" in operation else {}
        entry["answer"] = sorted(output)
        table[name] = entry
    write("operations.json", {"botocore": botocore.__version__, "operations": table})
    errors = {name: shape["error"].get("httpStatusCode") for name, shape in shapes.items() if shape.get("exception")}
    front = {"AccessDeniedException": 403, "ForbiddenException": 403, "InvalidSignatureException": 403,
             "UnrecognizedClientException": 403, "MissingAuthenticationTokenException": 403,
             "IncompleteSignatureException": 403, "ExpiredTokenException": 403}
    write("faults.json", {"model": errors, "front": front})


def endpoints(loader):
    provider = EndpointProvider(loader.load_service_model("iot", "endpoint-rule-set-1"),
                                loader.load_data("partitions"))
    cases = []
    for region in ["eu-west-1", "us-east-1", "ap-southeast-5", "cn-north-1", "cn-northwest-1", "us-gov-west-1",
                   "us-gov-east-1"]:
        for fips in (False, True):
            for dual in (False, True):
                url = provider.resolve_endpoint(Region=region, UseFIPS=fips, UseDualStack=dual).url
                cases.append({"region": region, "fips": fips, "dualStack": dual, "url": url})
    write("endpoints.json", {"botocore": botocore.__version__, "cases": cases})


loader = botocore.loaders.Loader()
published(pathlib.Path(sys.argv[1]))
traps()
operations(loader.load_service_model("iot", "service-2"))
endpoints(loader)
