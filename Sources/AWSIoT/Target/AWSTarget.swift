package import Model
package import TargetCore

/// AWS IoT Core in one region of one account, where each device is a thing with a certificate and a policy.
///
/// A certificate is made inactive and let in last, when all else stands. What was made for a work that fails is taken
/// away in reverse.
package struct AWSTarget: Target {
    package let targetID: TargetID
    package let settings: AWSSettings
    /// What the certificates and requests of a PEM text say, in its order; empty when it cannot be read.
    let facts: @Sendable (_ pem: String) -> [CertificateFacts]

    package init(
        targetID: TargetID, settings: AWSSettings,
        certificateFacts: @escaping @Sendable (_ pem: String) -> [CertificateFacts]
    ) {
        self.targetID = targetID
        self.settings = settings
        facts = certificateFacts
    }

    package var kind: TargetKind { .aws }

    package var capabilities: TargetCapabilities {
        let proof: TargetCapabilities.Proof =
            switch settings.issuer {
            case .aws: .targetCertificate
            case .registrar: .deviceCertificate
            case .authority: .authority
            }
        return TargetCapabilities(proofs: [proof], intents: Set(TargetIntent.allCases))
    }

    package func findings(in work: TargetWork, at now: Timestamp) -> [TargetFinding] {
        AWSLint.findings(in: settings) + AWSLint.findings(in: work, settings: settings, facts: facts, at: now)
    }

    package func step(of work: TargetWork, at now: Timestamp) -> TargetStep {
        let steps = AWSSteps(target: self, work: work)
        return work.fault.map { steps.undoing($0) } ?? steps.forward
    }

    package func reading(of reply: CloudReply, to call: CloudCall, in work: TargetWork) -> TargetReading {
        AWSReading(target: self, reply: reply, call: call, work: work).result
    }

    /// The PEM text of what the device proves itself with; `nil` when that does not fit the settings' issuer.
    func proof(of device: TargetDevice) -> String? {
        switch (settings.issuer, device.proof) {
        case (.aws, .request(let base64)): Self.pem(ofRequest: base64)
        case (.registrar, .certificate(let pem)), (.authority, .certificate(let pem)): Self.first(of: pem)
        case (.aws, .certificate), (.aws, .tpm), (.aws, .symmetricKey), (.aws, nil),
            (.registrar, .request), (.registrar, .tpm), (.registrar, .symmetricKey), (.registrar, nil),
            (.authority, .request), (.authority, .tpm), (.authority, .symmetricKey), (.authority, nil):
            nil
        }
    }

    /// The id of a certificate that is in the account already, when a device brings nothing else: it was handed over from
    /// another account.
    static func brought(_ device: TargetDevice) -> String? {
        guard device.proof == nil, let id = device.marks[AWSMark.certificate],
            AWSName.isCertificateID(id)
        else { return nil }
        return id
    }

    private static func pem(ofRequest base64: String) -> String {
        let lines = stride(from: 0, to: base64.utf8.count, by: 64).map { start in
            String(decoding: base64.utf8.dropFirst(start).prefix(64), as: UTF8.self)
        }
        return (["-----BEGIN CERTIFICATE REQUEST-----"] + lines + ["-----END CERTIFICATE REQUEST-----"])
            .joined(separator: "\n") + "\n"
    }

    /// The first certificate of a chain; AWS takes one alone.
    private static func first(of chain: String) -> String {
        let end = "-----END CERTIFICATE-----"
        var lines: [Substring] = []
        for line in chain.split(whereSeparator: \.isNewline) {
            lines.append(line)
            if line == end { break }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
