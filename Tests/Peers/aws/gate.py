"""The gate: everything that AWS checks before an operation, then the operation, then the record of it."""

import threading
import time
import uuid
from email.utils import formatdate

from common.web import DROPPED, Answer, answer_of

from . import objects, sts
from .errors import STATUS, AWSError
from .model import ServiceModel
from .signature import Signature


class Gate:
    """The application of the peer's servers. One operation at a time: neither moto nor we are thread-safe."""

    def __init__(self, accounts, answers, moto, control):
        self.accounts, self.answers, self.moto, self.control = accounts, answers, moto, control
        self.model = ServiceModel()
        self.base_url = None
        self._lock = threading.Lock()

    def __call__(self, request):
        if request.path.startswith("/reports/"):
            return self._report(request)
        scope = request.headers.get("authorization", "")
        service = next((each for each in ("sts", "s3") if f"/{each}/aws4_request" in scope), "iot")
        operation = self.model.find(request.method, request.path) if service == "iot" else None
        name = operation.name if operation else "?"
        if service != "iot":
            name = sts.operation(request) if service == "sts" else objects.OPERATION
        entry = {"operation": name, "method": request.method, "path": request.path, "query": request.query}
        faults = self.control.faults.take(name)
        if faults:
            entry["faults"] = [each.name for each in faults.values()]
        if "slow" in faults:
            time.sleep(faults["slow"].arguments[0])
        if "refuse" in faults:
            self.control.log.add(**entry, status=None)
            return DROPPED
        now = time.time() + (faults["skew"].arguments[0] if "skew" in faults else 0)
        try:
            answer = self._checked(request, operation, service, faults, now, entry)
        except AWSError as error:
            entry.update(error=error.kind, message=error.message)
            answer = {"sts": sts.failure, "s3": objects.failure, "iot": self._failure}[service](error)
        answer.headers["Date"] = formatdate(now, usegmt=True)
        self.control.log.add(**entry, status=answer.status)
        return answer_of(answer, faults)

    def _checked(self, request, operation, service, faults, now, entry):
        signature = Signature(request)
        account = signature.verify(request, self.accounts, service, now)
        entry.update(account=account.account, region=signature.region)
        if service != "iot":
            self._order(faults, entry["operation"])
            if service == "sts":
                return sts.identity(request, account)
            with self._lock:
                return objects.put(request, self.answers.state)
        if operation is None:
            raise AWSError("ResourceNotFoundException", f"no operation is {request.method} {request.path}")
        parameters = self.model.parse(operation, request)
        entry["parameters"] = parameters
        self._order(faults, operation.name)
        with self._lock:
            value, entry["answeredBy"] = self._perform(
                operation, account, signature.region, parameters, request
            )
        value = {name: member for name, member in (value or {}).items() if member is not None}
        if operation.output is None or not operation.output.members:
            return self._answer(200, None)
        return self._answer(operation.success, value)

    def perform(self, operation, caller, parameters):
        """An operation for something of AWS's own, whose account and region `caller` says."""
        with self._lock:
            return self.answers.answer(
                operation, caller["account"], caller["region"], parameters, self.base_url
            )

    def _order(self, faults, name):
        """Faults and limits that a test ordered, once the caller is known."""
        wait = self.control.limits.wait(name)
        if "throttle" in faults or wait is not None:
            raise AWSError("ThrottlingException", "Rate exceeded")
        if "status" in faults:
            status, *kind = faults["status"].arguments
            kinds = [each for each, code in STATUS.items() if code == int(status)]
            kind = kind[0] if kind else kinds[-1] if kinds else "InternalFailureException"
            raise AWSError(kind, "ordered by the test", int(status))

    def _perform(self, operation, account, region, parameters, request):
        if self.answers.has(operation.name):
            value = self.answers.answer(operation.name, account.account, region, parameters, self.base_url)
            if operation.output is not None:
                self.model.check(value or {}, operation.output)
            return value, "own"
        headers = {name: value for name, value in request.headers.items() if name.startswith("x-amzn-")}
        body = {
            name: parameters[name]
            for name, member in (operation.input.members.items() if operation.input else ())
            if name in parameters and not member.serialization.get("location")
        }
        path, query = request.path, request.parameters
        value = self.moto.call(
            account.account, region, request.method, path, query, body if request.body else None, headers
        )
        return value, "moto"

    def _report(self, request):
        """A link of a registration task's report: like S3's signed links, it asks for no signature."""
        report = None
        if request.method == "GET" and request.path.count("/") == 5:
            with self._lock:
                report = self.answers.report(*request.path.split("/")[2:])
        if report is None:
            return Answer.json(404, {"message": "no such report"})
        return Answer(200, report.encode(), {"Content-Type": "application/json"})

    @staticmethod
    def _answer(status, value, headers=None):
        headers = {"x-amzn-RequestId": str(uuid.uuid4()), **(headers or {})}
        if value is None:
            return Answer(status, b"", headers)
        answer = Answer.json(status, value, headers)
        answer.headers["Content-Type"] = "application/json"
        return answer

    def _failure(self, error):
        body = {"message": error.message, **error.more}
        return self._answer(error.status, body, {"x-amzn-ErrorType": error.kind})
