"""A certificate's way from one account to another in the same region. moto has none of it."""

import time

from ..errors import AWSError, not_found, refused


class Transfers:
    def TransferCertificate(self, call):
        record = self._certificate(call)
        target, arn = call["targetAwsAccount"], call.region.arn("cert", record.id)
        if target == call.account or target not in call.state.numbers:
            raise refused(f"Account {target} cannot receive a certificate of this account")
        if record.status in ("ACTIVE", "PENDING_TRANSFER"):
            raise AWSError("CertificateStateException", f"The certificate is {record.status}")
        if call.region.policies.get(arn):
            raise AWSError("TransferConflictException", "Authorization policies are still attached")
        if call.region.things_of(arn):
            raise AWSError("TransferConflictException", "The certificate is still attached to a thing")
        receiver = call.state.region(target, call.region_name)
        if record.id in receiver.certificates:
            raise AWSError("TransferConflictException", "The account has this certificate already")
        record.touch("PENDING_TRANSFER")
        record.transfer = {"transferDate": time.time(), "target": target}
        if call.get("transferMessage"):
            record.transfer["transferMessage"] = call["transferMessage"]
        receiver.certificates[record.id] = record
        return {"transferredCertificateArn": receiver.arn("cert", record.id)}

    def _incoming(self, call):
        """The certificate that this account is offered, and the region of the one that offers it."""
        record = self._certificate(call)
        if record.transfer.get("target") != call.account:
            raise not_found(f"A transfer of certificate {call['certificateId']}")
        if record.status != "PENDING_TRANSFER":
            raise AWSError("TransferAlreadyCompletedException", "The transfer is complete")
        return record, call.state.region(record.owner, call.region_name)

    def AcceptCertificateTransfer(self, call):
        record, sender = self._incoming(call)
        del sender.certificates[record.id]
        record.previous_owner, record.owner = record.owner, call.account
        record.transfer["acceptDate"] = time.time()
        record.touch("ACTIVE" if call.get("setAsActive") else "INACTIVE")
        return {}

    def RejectCertificateTransfer(self, call):
        record, _ = self._incoming(call)
        del call.region.certificates[record.id]
        record.transfer["rejectDate"] = time.time()
        if call.get("rejectReason"):
            record.transfer["rejectReason"] = call["rejectReason"]
        record.transfer.pop("target")
        record.touch("INACTIVE")
        return {}

    def CancelCertificateTransfer(self, call):
        record = self._certificate(call)
        if record.owner != call.account or record.status != "PENDING_TRANSFER":
            raise AWSError("TransferAlreadyCompletedException", "There is no transfer to cancel")
        target = call.state.region(record.transfer["target"], call.region_name)
        target.certificates.pop(record.id, None)
        record.transfer = {}
        record.touch("INACTIVE")
        return {}

    def ListOutgoingCertificates(self, call):
        records = [
            each
            for each in call.region.certificates.values()
            if each.status == "PENDING_TRANSFER" and each.owner == call.account
        ]
        items, more = call.pages(records, "pageSize", "marker", "nextMarker")
        listed = []
        for each in items:
            value = {
                "certificateArn": call.region.arn("cert", each.id),
                "certificateId": each.id,
                "transferredTo": each.transfer["target"],
                "transferDate": each.transfer["transferDate"],
                "creationDate": each.created,
            }
            if "transferMessage" in each.transfer:
                value["transferMessage"] = each.transfer["transferMessage"]
            listed.append(value)
        return {"outgoingCertificates": listed, **more}
