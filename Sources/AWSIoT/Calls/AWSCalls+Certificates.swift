package import TargetCore

/// What can be asked of a certificate's standing.
package enum AWSCertificateStatus: String, Sendable {
    case active = "ACTIVE"
    case inactive = "INACTIVE"
    case revoked = "REVOKED"
}

extension AWSCalls {
    /// Makes another certificate each time, also for the same request in PEM.
    package static func createCertificateFromCsr(_ pem: String, setAsActive: Bool = false) -> CloudCall {
        struct Body: Encodable { var certificateSigningRequest: String }
        return call(
            "CreateCertificateFromCsr", "POST", ["certificates"],
            query: [.init("setAsActive", setAsActive ? "true" : "false")],
            body: Body(certificateSigningRequest: pem), repeats: .doubling)
    }

    /// For a certificate of an authority that is registered.
    package static func registerCertificate(
        _ pem: String, authority: String?, status: AWSCertificateStatus = .inactive
    ) -> CloudCall {
        struct Body: Encodable {
            var certificatePem: String
            var caCertificatePem: String?
            var status: String
        }
        return call(
            "RegisterCertificate", "POST", ["certificate", "register"],
            body: Body(certificatePem: pem, caCertificatePem: authority, status: status.rawValue))
    }

    package static func registerCertificateWithoutCA(
        _ pem: String, status: AWSCertificateStatus = .inactive
    ) -> CloudCall {
        struct Body: Encodable {
            var certificatePem: String
            var status: String
        }
        return call(
            "RegisterCertificateWithoutCA", "POST", ["certificate", "register-no-ca"],
            body: Body(certificatePem: pem, status: status.rawValue))
    }

    package static func describeCertificate(_ id: String) -> CloudCall {
        call("DescribeCertificate", "GET", ["certificates", id])
    }

    package static func updateCertificate(_ id: String, to status: AWSCertificateStatus) -> CloudCall {
        call(
            "UpdateCertificate", "PUT", ["certificates", id],
            query: [.init("newStatus", status.rawValue)])
    }

    /// With `force`, policies that are attached do not stand in the way; a thing always does.
    package static func deleteCertificate(_ id: String, force: Bool = false) -> CloudCall {
        call(
            "DeleteCertificate", "DELETE", ["certificates", id],
            query: [force ? .init("forceDelete", "true") : nil])
    }

    /// The newest first.
    package static func listCertificates(marker: String? = nil) -> CloudCall {
        call(
            "ListCertificates", "GET", ["certificates"],
            query: [pageSize, field("marker", marker), .init("isAscendingOrder", "false")])
    }

    package static func listCertificates(ofAuthority id: String, marker: String? = nil) -> CloudCall {
        call(
            "ListCertificatesByCA", "GET", ["certificates-by-ca", id],
            query: [pageSize, field("marker", marker)])
    }

    /// Asked for twice, the second is refused for what the first has done: so it is sent once, and looked at after a doubt.
    package static func transferCertificate(
        _ id: String, toAccount account: String, message: String? = nil
    ) -> CloudCall {
        struct Body: Encodable { var transferMessage: String? }
        return call(
            "TransferCertificate", "PATCH", ["transfer-certificate", id],
            query: [.init("targetAwsAccount", account)], body: Body(transferMessage: message),
            repeats: .doubling)
    }

    package static func acceptCertificateTransfer(_ id: String, setAsActive: Bool = false) -> CloudCall {
        call(
            "AcceptCertificateTransfer", "PATCH", ["accept-certificate-transfer", id],
            query: [.init("setAsActive", setAsActive ? "true" : "false")])
    }

    package static func rejectCertificateTransfer(_ id: String, reason: String? = nil) -> CloudCall {
        struct Body: Encodable { var rejectReason: String? }
        return call(
            "RejectCertificateTransfer", "PATCH", ["reject-certificate-transfer", id],
            body: Body(rejectReason: reason))
    }

    package static func cancelCertificateTransfer(_ id: String) -> CloudCall {
        call("CancelCertificateTransfer", "PATCH", ["cancel-certificate-transfer", id])
    }
}
