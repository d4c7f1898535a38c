package import Model
package import TargetCore

extension IoTHubTarget {
    /// What the hub would refuse of this device, or punish with a 401 that names no cause.
    package func findings(in work: TargetWork, at now: Timestamp) -> [TargetFinding] {
        let device = work.device
        guard hubDeviceID(from: device) != nil else {
            let fault = TargetFault.hubDeviceIDCharacters(device.name)
            return [TargetFinding(fault.code, what: fault.what, nextStep: fault.nextStep)]
        }
        switch work.intent {
        case .provision, .rotate: break
        case .describe, .finishRotation, .disable, .enable, .remove, .verifySeen: return []
        }
        var findings: [TargetFinding] = []
        switch (settings.proof, device.proof) {
        case (.thumbprint, .certificate(let chain)):
            findings += certificateFindings(chain, device, at: now)
            if work.intent == .rotate { findings += device.repeatedCertificate(chain, digests) }
            if thumbprintFault(chain) { findings.append(AzureCertificateLint.unreadable) }
        case (.authority, .certificate(let chain)): findings += certificateFindings(chain, device, at: now)
        case (.thumbprint, _), (.authority, .request), (.authority, .tpm):
            findings.append(.proofMissing("a certificate"))
        case (.authority, .symmetricKey), (.authority, nil), (.symmetricKey, _): break
        }
        var tags = settings.twin.tags(for: device)
        tags[AzureNote.member] = AzureNote(work).tag
        return findings + TwinLint.findings(tags: tags, desired: settings.twin.desired(for: device))
    }

    /// A thumbprint that can be computed is always of the right form.
    private func thumbprintFault(_ chain: String) -> Bool {
        !surroundings.certificate(chain).isEmpty && CertificatePEM.thumbprint(chain, digests) == nil
    }

    private func certificateFindings(
        _ chain: String, _ device: TargetDevice, at now: Timestamp
    ) -> [TargetFinding] {
        let authority = settings.authorityCertificate.flatMap { surroundings.certificate($0).first }
        let lint = AzureCertificateLint(
            name: device.name, isCaseSensitive: true, chain: surroundings.certificate(chain),
            authority: authority, isByAuthority: settings.proof == .authority, now: now)
        return lint.findings()
    }
}

/// Thumbprints that were typed or pasted.
package enum ThumbprintLint {
    package static func findings(_ thumbprint: String) -> [TargetFinding] {
        let digits = thumbprint.utf8.count
        let isHex = thumbprint.utf8.allSatisfy { Hexadecimal.value(of: $0) != nil }
        if isHex, digits == 64 { return [] }
        if isHex, digits == 40 {
            return [
                TargetFinding(
                    "azure_thumbprint_sha1", .warned,
                    what: "The thumbprint is of SHA-1, which proves little any more",
                    nextStep: "Use the SHA-256 thumbprint: 64 hex digits.")
            ]
        }
        return [
            TargetFinding(
                "azure_thumbprint_form",
                what:
                    "A thumbprint must be 64 hex digits (SHA-256) or 40 (SHA-1), without colons; "
                    + "\(digits) characters were read",
                nextStep: "Take the colons and blanks away, or have it computed from the certificate.")
        ]
    }
}
