"""The account's endpoints: stable, as AWS's are."""

from ..errors import refused


class Endpoints:
    def DescribeEndpoint(self, call):
        forms = {
            "iot:Data-ATS": "{}-ats.iot.{}.amazonaws.com",
            "iot:Data": "{}.iot.{}.amazonaws.com",
            "iot:CredentialProvider": "{}.credentials.iot.{}.amazonaws.com",
            "iot:Jobs": "{}.jobs.iot.{}.amazonaws.com",
        }
        kind = call.get("endpointType", "iot:Data")
        if kind not in forms:
            raise refused(f"Endpoint type {kind} must be one of {', '.join(forms)}")
        return {"endpointAddress": forms[kind].format(call.region.prefix, call.region.region)}
