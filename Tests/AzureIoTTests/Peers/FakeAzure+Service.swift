import AzureIoT
import Credentials
import Model
import TargetCore

extension FakeAzure {
    mutating func answerService(_ call: CloudCall) -> CloudReply {
        let id = call.path.count > 1 ? call.path[1] : ""
        switch call.name {
        case "GET /enrollments/{id}":
            guard let entry = enrollments[id] else { return Self.error(404_201, "Enrollment not found.") }
            return Self.json(shown(entry))
        case "PUT /enrollments/{id}": return put(call, id)
        case "DELETE /enrollments/{id}":
            if let fault = Self.deletionFault(call, of: enrollments[id].map(\.etag), missing: 404_201) {
                return fault
            }
            enrollments[id] = nil
            return CloudReply(status: 204)
        case "POST /enrollments/{id}/attestationmechanism":
            guard let entry = enrollments[id] else { return Self.error(404_201, "Enrollment not found.") }
            return Self.json(entry.attestation)
        case "GET /registrations/{id}":
            return registrations[id].map { Self.json($0) } ?? Self.error(404_202, "Registration not found.")
        case "DELETE /registrations/{id}":
            guard registrations.removeValue(forKey: id) != nil else {
                return Self.error(404_202, "Registration not found.")
            }
            return CloudReply(status: 204)
        default: return answerGroups(call, id)
        }
    }

    private mutating func answerGroups(_ call: CloudCall, _ id: String) -> CloudReply {
        switch call.name {
        case "GET /enrollmentGroups/{id}":
            guard var group = groups[id] else { return Self.error(404_204, "Group not found.") }
            group.attestation.symmetricKey = nil
            return Self.json(group)
        case "PUT /enrollmentGroups/{id}":
            guard var group = try? CanonicalJSON.decode(EnrollmentGroup.self, from: call.sentBody) else {
                return Self.error(400_000, "body")
            }
            let old = groups[id].map(\.etag)
            if let fault = Self.writeFault(call, over: old, exists: 409_202, missing: 404_204) {
                return fault
            }
            if group.attestation.type == .symmetricKey { group.attestation.symmetricKey = makeKeys(id) }
            group.etag = nextVersion()
            groups[id] = group
            return Self.json(group.withoutKeys)
        case "POST /enrollmentGroups/{id}/attestationmechanism":
            guard let group = groups[id] else { return Self.error(404_204, "Group not found.") }
            return Self.json(group.attestation)
        default: return Self.error(400_000, "no such call: \(call.name)")
        }
    }

    private mutating func put(_ call: CloudCall, _ id: String) -> CloudReply {
        guard var entry = try? CanonicalJSON.decode(IndividualEnrollment.self, from: call.sentBody),
            entry.registrationId == id
        else { return Self.error(400_000, "body") }
        let old = enrollments[id].map(\.etag)
        if let fault = Self.writeFault(call, over: old, exists: 409_201, missing: 404_201) { return fault }
        if entry.attestation.type == .symmetricKey, entry.attestation.symmetricKey?.primaryKey == nil {
            entry.attestation.symmetricKey = makeKeys(id)
        }
        if entry.attestation.x509?.clientCertificates?.primary.map({ $0.certificate == nil }) == true {
            return Self.error(400_000, "certificate")
        }
        entry.etag = nextVersion()
        enrollments[id] = entry
        return Self.json(shown(entry))
    }

    /// What GET and PUT answer: neither keys nor certificates, but what certificates say.
    private func shown(_ entry: IndividualEnrollment) -> IndividualEnrollment {
        var copy = entry.withoutKeys
        func facts(_ slot: AttestationMechanism.Certificate?) -> AttestationMechanism.Certificate? {
            guard let pem = slot?.certificate, let der = CertificatePEM.certificates(in: pem).first else {
                return nil
            }
            let hash = Hexadecimal.encode(Digest.sha256(der), uppercase: true)
            return AttestationMechanism.Certificate(
                certificate: nil,
                info: AttestationMechanism.CertificateInfo(
                    subjectName: "CN=x", sha1Thumbprint: Hexadecimal.encode(Digest.sha1(der)),
                    sha256Thumbprint: hash, issuerName: "CN=y", notBeforeUtc: "2026-01-01T00:00:00Z",
                    notAfterUtc: "2030-01-01T00:00:00Z", serialNumber: "01", version: 3))
        }
        if let slots = copy.attestation.x509?.clientCertificates {
            copy.attestation.x509?.clientCertificates = AttestationMechanism.Certificates(
                primary: facts(slots.primary), secondary: facts(slots.secondary))
        }
        copy.registrationState = registrations[entry.registrationId]
        return copy
    }
}
