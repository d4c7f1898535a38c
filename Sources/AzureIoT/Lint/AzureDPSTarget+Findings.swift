package import Model
package import TargetCore

extension AzureDPSTarget {
    /// What the service would refuse of this device, or punish with a 401 that names no cause.
    package func findings(in work: TargetWork, at now: Timestamp) -> [TargetFinding] {
        switch work.intent {
        case .provision, .rotate: break
        case .describe, .finishRotation, .disable, .enable, .remove, .verifySeen:
            return nameFindings(work.device)
        }
        let device = work.device
        var findings = nameFindings(device)
        switch (settings.enrolment.proof, device.proof) {
        case (.certificate, .certificate(let chain)), (.authority, .certificate(let chain)):
            findings += certificateFindings(chain, device, at: now)
            if work.intent == .rotate { findings += device.repeatedCertificate(chain, digests) }
        case (.certificate, _), (.authority, .request), (.authority, .tpm):
            findings.append(.proofMissing("a certificate"))
        case (.tpm, .tpm(let identity)): findings += tpmFindings(identity)
        case (.tpm, _): findings.append(.proofMissing("an endorsement key"))
        case (.authority, .symmetricKey), (.authority, nil), (.symmetricKey, _): break
        }
        var tags = settings.twin.tags(for: device)
        tags[AzureNote.member] = AzureNote(work).tag
        return findings + TwinLint.findings(tags: tags, desired: settings.twin.desired(for: device))
    }

    private func nameFindings(_ device: TargetDevice) -> [TargetFinding] {
        guard let id = registrationID(from: device) else {
            let fault = TargetFault.registrationIDCharacters(device.name)
            return [TargetFinding(fault.code, what: fault.what, nextStep: fault.nextStep)]
        }
        var findings: [TargetFinding] = []
        let isByCertificate =
            settings.enrolment.proof == .certificate || settings.enrolment.proof == .authority
        if isByCertificate, id.rawValue.utf8.count > RegistrationID.longestWithCertificate {
            findings.append(
                TargetFinding(
                    "azure_registration_id_length",
                    what:
                        "The name has \(id.rawValue.utf8.count) characters; a common name, which "
                        + "must be the same, has at "
                        + "most \(RegistrationID.longestWithCertificate)",
                    nextStep: "Give the device a shorter name at this target."))
        }
        if id.rawValue != device.name {
            findings.append(
                TargetFinding(
                    "azure_registration_id_case", .warned,
                    what:
                        "Azure will know the device as “\(id)”, in lower case; a key of a group "
                        + "follows from that alone",
                    nextStep: "Give the device the name in lower case too."))
        }
        return findings
    }

    private func certificateFindings(
        _ chain: String, _ device: TargetDevice, at now: Timestamp
    ) -> [TargetFinding] {
        let authority = settings.enrolment.authorityCertificate.flatMap { surroundings.certificate($0).first }
        let lint = AzureCertificateLint(
            name: RegistrationID.lowered(device.name), isCaseSensitive: false,
            chain: surroundings.certificate(chain), authority: authority,
            isByAuthority: settings.enrolment.proof == .authority, now: now)
        return lint.findings()
    }

    private func tpmFindings(_ identity: Attestation.TPMIdentity) -> [TargetFinding] {
        var findings = EndorsementKeyLint.findings(identity.endorsementKey)
        if let holder = surroundings.holder(identity.endorsementKey) {
            findings.append(EndorsementKeyLint.held(by: holder))
        }
        if identity.storageRootKey == identity.endorsementKey {
            findings.append(
                TargetFinding(
                    "azure_endorsement_key_is_storage_root",
                    what: "Endorsement key and storage root key are the same, and cannot be",
                    nextStep: "Read both from the TPM anew."))
        }
        return findings
    }
}

extension TargetFinding {
    static func proofMissing(_ what: String) -> TargetFinding {
        let fault = TargetFault.proofMissing(what)
        return TargetFinding(fault.code, what: fault.what, nextStep: fault.nextStep)
    }
}

extension TargetDevice {
    /// A rotation that brings the certificate which is there already.
    func repeatedCertificate(_ chain: String, _ digests: CloudDigests) -> [TargetFinding] {
        guard let old = marks[AzureMark.certificate].flatMap({ CertificatePEM.thumbprint($0, digests) }),
            old == CertificatePEM.thumbprint(chain, digests)
        else { return [] }
        return [
            TargetFinding(
                "azure_rotation_repeats", .warned,
                what: "The rotation brings the certificate that the device has already; nothing would change",
                nextStep: "Have a new certificate issued, of a new key at best, and rotate to that one.")
        ]
    }
}
