package import Model

/// What must hold of a target's settings and does not.
package enum AzureSettingsFault: Equatable, Explained {
    /// A host with a scheme, a path or blanks, or none.
    case host(field: String, value: String)
    /// An address that is not `https://…`, nor `http://` on this machine.
    case url(field: String, value: String)
    case idScope(String)
    /// Groups take authorities and symmetric keys.
    case groupProof(AzureEnrolment.Proof)
    case authorityMissing
    case webhookMissing
    /// A webhook, and a policy that does not ask it.
    case webhookUnused
    case groupName(String)

    package var explanation: Explanation {
        switch self {
        case .host(let field, let value):
            Explanation(
                id: "azure_host_form",
                what: "The target was not saved: \(field) must be a host name alone; “\(value)” was read",
                nextStep:
                    "Write it as contoso-dps.azure-devices-provisioning.net, without https:// and slashes.")
        case .url(let field, let value):
            Explanation(
                id: "azure_url_form",
                what: "The target was not saved: \(field) must start with https://; “\(value)” was read",
                nextStep: "Leave it out for Azure's public cloud, or write https://HOST:PORT.")
        case .idScope(let value):
            Explanation(
                id: "azure_id_scope_form",
                what:
                    "The target was not saved: the ID scope must be letters and digits; “\(value)” was read",
                nextStep: "Copy the ID scope from the service's overview; it looks like 0ne00123ABC.")
        case .groupProof(let proof):
            Explanation(
                id: "azure_group_proof",
                what:
                    "The target was not saved: enrollment groups take an authority or a symmetric "
                    + "key, not \(proof)",
                nextStep: "Leave the group out, or set proof to authority or symmetricKey.")
        case .authorityMissing:
            Explanation(
                id: "azure_authority_missing",
                what:
                    "The target was not saved: devices are to prove themselves by an authority, "
                    + "and none is named",
                nextStep:
                    "Set authority to the name of the CA certificate as uploaded and verified at the service."
            )
        case .webhookMissing:
            Explanation(
                id: "azure_webhook_missing",
                what: "The target was not saved: the policy custom asks a webhook, and none is named",
                nextStep:
                    "Set allocation.webhook to the function's address and version, or choose another policy.")
        case .webhookUnused:
            Explanation(
                id: "azure_webhook_unused",
                what: "The target was not saved: a webhook is named that the policy does not ask",
                nextStep: "Set the policy to custom, or leave the webhook out.")
        case .groupName(let value):
            Explanation(
                id: "azure_group_name",
                what:
                    "The target was not saved: a group's name must be "
                    + "\(words: RegistrationID.rule); \(value) was read",
                nextStep: "Copy the group's name as the service shows it, in lower case.")
        }
    }
}

extension AzureDPSSettings {
    /// - Throws: `AzureSettingsFault`, the first that is found.
    package func check() throws(AzureSettingsFault) {
        try AzureForm.host("serviceHost", serviceHost)
        try AzureForm.host("deviceHost", deviceHost)
        for hub in hubs {
            try AzureForm.host("hubs.host", hub.host)
            try AzureForm.url("hubs.url", hub.url)
        }
        for host in allocation.hubs ?? [] { try AzureForm.host("allocation.hubs", host) }
        try AzureForm.url("serviceURL", serviceURL)
        try AzureForm.url("deviceURL", deviceURL)
        guard !idScope.isEmpty, idScope.utf8.allSatisfy(AzureForm.isLetterOrDigit) else {
            throw .idScope(idScope)
        }
        try checkEnrolment()
        let isCustom = allocation.policy == .custom
        if isCustom, allocation.webhook == nil { throw .webhookMissing }
        if !isCustom, allocation.webhook != nil { throw .webhookUnused }
    }

    private func checkEnrolment() throws(AzureSettingsFault) {
        if let group = enrolment.group {
            guard RegistrationID.accepts(group) else { throw .groupName(group) }
            switch enrolment.proof {
            case .authority, .symmetricKey: break
            case .certificate, .tpm: throw .groupProof(enrolment.proof)
            }
        }
        if enrolment.proof == .authority, (enrolment.authority ?? "").isEmpty { throw .authorityMissing }
    }
}

/// The forms of hosts and addresses in settings.
enum AzureForm {
    static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    static func host(_ field: String, _ value: String) throws(AzureSettingsFault) {
        let isHost = value.utf8.allSatisfy { isLetterOrDigit($0) || $0 == 0x2D || $0 == 0x2E }
        guard isHost, (1...253).contains(value.utf8.count) else { throw .host(field: field, value: value) }
    }

    static func url(_ field: String, _ value: String?) throws(AzureSettingsFault) {
        guard let value else { return }
        let isVisible = value.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        let local = ["http://127.0.0.1", "http://localhost", "http://[::1]"]
        let isNear = local.contains { value == $0 || value.hasPrefix($0 + ":") }
        guard isVisible, isNear || value.hasPrefix("https://"), !value.hasSuffix("/") else {
            throw .url(field: field, value: value)
        }
    }
}
