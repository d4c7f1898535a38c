"""How DPS and IoT Hub say that something failed."""

import datetime
import uuid

from common.web import Answer


class CloudError(Exception):
    """An answer other than success. `code` is the service's number, or the hub's word for it."""

    def __init__(self, status, code, message, headers=None, body=None):
        super().__init__(message)
        self.status, self.code, self.message = status, code, message
        self.headers, self.body = headers or {}, body or {}


def timestamp(seconds):
    moment = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond:06d}Z"


def dps_answer(error, now):
    """ProvisioningServiceErrorDetails; a TPM's challenge has two members more."""
    body = {
        "errorCode": error.code,
        "trackingId": str(uuid.uuid4()),
        "message": error.message,
        "timestampUtc": timestamp(now),
        **error.body,
    }
    return Answer.json(error.status, body, {"x-ms-error-code": str(error.code), **error.headers})


HUB_WORDS = {
    400000: "GenericBadRequest",
    400001: "InvalidProtocolVersion",
    400004: "ArgumentInvalid",
    400011: "DeviceDefinedMultipleTimes",
    400013: "BulkRegistryOperationFailure",
    401002: "IotHubUnauthorizedAccess",
    401003: "IotHubUnauthorized",
    403002: "IotHubQuotaExceeded",
    404001: "DeviceNotFound",
    405000: "GenericMethodNotAllowed",
    409001: "DeviceAlreadyExists",
    412001: "PreconditionFailed",
    413002: "TooManyDevices",
    415000: "GenericUnsupportedMediaType",
    429001: "ThrottlingException",
    500001: "ServerError",
    503001: "ServiceUnavailable",
}


def hub_answer(error, now):
    word = HUB_WORDS.get(error.code, "GenericServerError")
    body = {
        "Message": f"ErrorCode:{word};{error.message}",
        "ExceptionMessage": f"Tracking ID:{uuid.uuid4().hex}-TimeStamp:{timestamp(now)}",
    }
    return Answer.json(error.status, {**body, **error.body}, {"iothub-errorcode": word, **error.headers})
