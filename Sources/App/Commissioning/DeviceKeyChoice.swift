import CommandTable
import Credentials
import Intake
import Model
import Store
import SyncCore

/// Which key a device is commissioned with: its own, that of its TPM, one that Muster makes or one that its target makes, as the
/// command line and the product say.
struct DeviceKeyChoice {
    private let companion: Companion
    private let commissioning: Commissioning

    private var invocation: Invocation { companion.context.invocation }

    init(_ commissioning: Commissioning) {
        self.commissioning = commissioning
        companion = commissioning.companion
    }

    /// The device's request, or that of a key made for it, once nothing stands in its way that can be seen from here.
    func addKey(to request: inout CommissionRequest) async throws {
        let identity = request.device.identity
        let lane = try await companion.store.lane(for: identity.identifiers) ?? identity.lane
        let policy = try await KeyPolicy(companion, commissioning.registrar, of: identity)
        if let path = invocation.value("tpm-identity") {
            try policy.check(.tpm)
            request.attestation = .tpm(try TPMIdentityFile.read(path))
        } else if invocation.has("symmetric-key") {
            try policy.check(.made)
            guard let lane, request.device.doubt == nil else { return }
            let key = try await companion.returnKey(in: lane, commissioning.session)
            request.returnKey = key
            request.attestation = .symmetricKey(try key.wish)
        } else if let path = invocation.value("csr") {
            let origin = KeyPolicy.stated(invocation)
            try policy.check(origin)
            request.certificateRequest = try RequestFile.certificateRequest(path)
            request.keyOrigin = origin
        } else if let lane, request.device.doubt == nil, let kind = try await kind(policy, lane) {
            try policy.check(.made)
            request.madeKey = try await companion.madeKey(
                kind, for: identity, in: lane, commissioning.session)?.key
            request.certificateRequest = request.madeKey?.request.der
            request.keyOrigin = .made
        }
        guard let der = request.certificateRequest else { return }
        try await RequestLint(companion: companion).remark(on: der, of: identity, in: lane)
    }

    /// The kind of key to be made; `nil` when none is. Where it is the product's first choice, none has to ask for it; a
    /// hand-over chooses by itself, as it hears what the device can do.
    private func kind(_ policy: KeyPolicy, _ lane: DeviceIdentifier) async throws -> KeyKind? {
        if let asked = MadeKey.kind(invocation) { return asked }
        guard policy.prefersMade, invocation.value("hand-over") == nil, try await !hasRequest(lane) else {
            return nil
        }
        guard try await companion.store.vault(VaultOwner(commissioning.session)) != nil else {
            companion.console.remark(
                "The product wants a key that Muster makes; none is made, as there is no vault: "
                    + "`muster vault create`.")
            return nil
        }
        return MadeKey.usualKind(invocation)
    }

    /// Whether a certificate was asked for already that nobody has closed or taken back.
    private func hasRequest(_ lane: DeviceIdentifier) async throws -> Bool {
        var has = false
        for entry in try await companion.store.history(lane)
        where entry.state != .withdrawn && entry.state != .superseded {
            switch entry.kind {
            case .provision: has = true
            case .release, .revoke: has = false
            case .claim, .place, .reprovision, .verify, .note: break
            }
        }
        return has
    }
}
