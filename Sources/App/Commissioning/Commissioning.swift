import CommandTable
import Credentials
import Intake
import Model
import Store

/// Takes one device through its stages: everything it decides is saved in one transaction, nothing is sent here.
struct Commissioning: Sendable {
    let companion: Companion
    let session: Session
    let registrar: RegistrarProfile

    init(_ companion: Companion) async throws {
        self.companion = companion
        (session, registrar) = try await companion.session()
    }

    /// What was saved of one device, and what was worth saying about it.
    struct Saved: Sendable {
        var lane: DeviceIdentifier
        var name: String
        var operations: [OperationID]
        var findings: [CommissioningFinding]
        var stages: [CommissioningStage]
    }

    /// What would be said of the device, and in whose lane it is; nothing is saved.
    func check(
        _ request: CommissionRequest
    ) async throws -> (lane: DeviceIdentifier?, findings: [CommissioningFinding]) {
        let identity = request.device.identity
        let lane = try await companion.store.lane(for: identity.identifiers) ?? identity.lane
        return (lane, try await facts(of: request, lane: lane).findings)
    }

    /// Returns once everything of the device is committed. A device in doubt is refused, whoever asks.
    func save(_ request: CommissionRequest) async throws -> Saved {
        if let doubt = request.device.doubt { throw doubt }
        let identity = request.device.identity
        let lane = try await companion.store.lane(for: identity.identifiers) ?? identity.lane
        var facts = try await facts(of: request, lane: lane)
        var stages: [CommissioningStage] = [.capture]
        var due: [OperationBody] = []
        while let stage = stages.last, stage != .done {
            guard let next = CommissioningStage.next(after: stage, given: facts) else {
                throw CommandFailure(.badInput, reasonToStop(facts))
            }
            if let body = try body(for: next, request) {
                due.append(body)
                facts.saved.insert(body.kind)
            }
            stages.append(next)
        }
        guard let lane else {
            throw CommandFailure(.badInput, CommissioningFinding.noSingleDevice.explanation)
        }
        let operations = try await accept(due, request, lane)
        return Saved(
            lane: lane, name: identity.displayName, operations: operations, findings: facts.findings,
            stages: stages)
    }

    private func facts(
        of request: CommissionRequest, lane: DeviceIdentifier?
    ) async throws -> CommissioningFacts {
        let store = companion.store
        var saved: Set<OperationBody.Kind> = []
        var known: StoredDevice?
        if let lane {
            known = try await store.device(lane)
            saved = try await SavedKinds(store).kinds(of: lane, for: request)
        }
        var findings = CommissioningFinding.all(
            of: request.device.identity, site: request.site,
            products: try await store.products(registrar.registrar),
            sites: try await store.sites(registrar.registrar, tenant: request.tenant).map(\.siteID),
            knownSite: known?.deviceID == nil ? nil : known?.site,
            isClaimed: known?.tenant == request.tenant && known?.state.map { $0 != .listed } ?? false,
            savedAlready: saved.contains(.claim),
            clockOffsetMilliseconds: try await companion.captureTime().offsetMilliseconds)
        findings += request.jobFindings
        return CommissioningFacts(
            identity: request.device.identity, findings: findings, wanted: request.wanted, saved: saved)
    }

    private func reasonToStop(_ facts: CommissioningFacts) -> Explanation {
        (facts.findings.first { $0.blocks } ?? .noSingleDevice).explanation
    }

    /// What a stage has to save; `nil` for stages that save nothing.
    private func body(for stage: CommissioningStage, _ request: CommissionRequest) throws -> OperationBody? {
        switch stage {
        case .capture, .identify, .check, .done: return nil
        case .claim: return .claim(OperationBody.Claim(identity: request.device.identity))
        case .principals:
            return request.provision.map { .provision($0) }
        case .place:
            return request.site.map { .place(OperationBody.Place(site: $0, position: request.position)) }
        }
    }

    private func accept(
        _ bodies: [OperationBody], _ request: CommissionRequest, _ lane: DeviceIdentifier
    ) async throws -> [OperationID] {
        let capturedAt = try await companion.captureTime()
        let name = request.device.identity.displayName
        var intents: [(OperationID, Intent)] = []
        for body in bodies {
            let id = companion.surroundings.makeOperationID()
            intents.append(
                (
                    id,
                    Intent(
                        body: try sealed(body, request, id), tenant: request.tenant, site: request.site,
                        job: request.job, lane: lane,
                        identity: request.device.identity, operatorID: session.operatorID,
                        capturedAt: capturedAt,
                        summary: Summary.of(body, device: name), registrar: registrar.registrar)
                ))
        }
        guard !intents.isEmpty else { return [] }
        let secrets = bodies.contains { $0.kind == .provision } ? try secrets(of: request, lane) : []
        return try await companion.store.accept(
            intents, secrets: secrets, signer: try await companion.signer(session),
            at: companion.surroundings.now()
        ).map(\.operationID)
    }

    /// What must be on the disk with the operation that asks: the made key, or what opens the one that comes back.
    private func secrets(
        of request: CommissionRequest, _ lane: DeviceIdentifier
    ) throws -> [SealedSecret] {
        let owner = VaultOwner(session)
        return [
            try request.madeKey?.sealed(for: lane, companion.vaults, owner),
            try request.returnKey?.sealed(for: lane, companion.vaults, owner),
        ].compactMap(\.self)
    }

    /// A claim with the label's secrets sealed to the registrar under the operation's id: not even this store can read them.
    private func sealed(
        _ body: OperationBody, _ request: CommissionRequest, _ id: OperationID
    ) throws -> OperationBody {
        guard case .claim(var claim) = body, !request.device.secrets.isEmpty else { return body }
        guard let key = Base64.decodeURL(registrar.sealingKey) else {
            throw CommandFailure(
                .failed, "pairing_damaged", "Nothing was saved: the registrar's sealing key is unreadable.",
                "Pair with the registrar again.")
        }
        let plain = try CanonicalJSON.encode(request.device.secrets.mapValues(\.unredacted))
        let box = try HPKE.seal(
            plain, to: key, info: Array(SealedBox.labelSecretsInfo.utf8),
            associatedData: Array(id.rawValue.utf8))
        claim.sealedSecrets = SealedBox(
            keyID: registrar.sealingKeyID, encapsulatedKey: Base64.encodeURL(box.encapsulatedKey),
            ciphertext: Base64.encodeURL(box.ciphertext))
        return .claim(claim)
    }
}

/// The one line by which people know an operation; free of secrets.
enum Summary {
    static func of(_ body: OperationBody, device: String) -> String {
        switch body {
        case .claim: "Claim \(device)"
        case .provision(let provision):
            of(provision.attestation, device) + (provision.target.map { " at \($0)" } ?? "")
        case .reprovision(let move): "Move \(device)" + (move.target.map { " to \($0)" } ?? "")
        case .place(let place):
            "Place \(device) at \([place.site.rawValue, place.position ?? ""].filter { !$0.isEmpty }.joined(separator: ", "))"
        case .release: "Release \(device)"
        case .revoke: "Revoke the certificate of \(device)"
        case .verify(.proven(let proof)): "Verified \(device): \(proof.extent.words) at \(proof.endpoint)"
        case .verify(.failed(let failure)):
            "Not verified \(device) at \(failure.endpoint): \(failure.cause.code)"
        case .verify(.asked): "Ask the target of \(device) whether it has seen it"
        case .note: "Note on \(device)"
        }
    }

    private static func of(_ attestation: Attestation, _ device: String) -> String {
        switch attestation {
        case .certificateRequest: "Certificate for \(device)"
        case .tpm: "Provision \(device) by its TPM"
        case .symmetricKey: "Provision \(device) by a symmetric key"
        }
    }
}
