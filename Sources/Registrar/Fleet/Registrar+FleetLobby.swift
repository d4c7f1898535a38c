import AWSIoT
import Credentials
package import Model
import RegistrarCore
import RegistrarStore
import TargetCore
import Targets

/// The lobby: devices come with a certificate from their factory and meet their owner later. A first contact and a claim by
/// the certificate's fingerprint, in whatever order, let the device in.
extension Registrar {
    /// What has come of a claim or a contact.
    package struct LobbyStanding: Codable, Equatable, Sendable {
        package var fingerprint: PayloadHash
        package var device: DeviceID?
        package var target: TargetID?
        /// When the device was first seen, or not yet.
        package var firstSeen: Timestamp?
        /// Where the device connects to, once it is let in.
        package var endpoint: String?
    }

    package func lobby() async throws(RegistrarError) -> [LobbyStanding] {
        try await fleetwise {
            try await store.lobby().map { Self.standing($0.fingerprint, try Self.entry($0.entry)) }
        }
    }

    /// An owner's claim, by the fingerprint on the label: the device is to be let in at that target.
    package func claimInLobby(
        _ fingerprint: PayloadHash, for id: DeviceID, at target: TargetID
    ) async throws(RegistrarError) -> LobbyStanding {
        try await fleetwise {
            let device = try await knownDevice(id)
            guard let tenant = device.tenant else { throw FleetError.unknownDevice(id) }
            guard try await awsLine(to: target).settings.issuer == .registrar else {
                throw FleetError.takesNone(target)
            }
            let claim = DeviceLobby.Claim(device: id, tenant: tenant, target: target)
            return try await step(
                fingerprint, "claimed", ["device": id.rawValue, "target": target.rawValue]
            ) { $0.claim(fingerprint, claim) }
        }
    }

    /// A device has shown its certificate, PEM.
    package func contactLobby(_ pem: String) async throws(RegistrarError) -> LobbyStanding {
        try await fleetwise {
            guard let facts = try CertificateFile(Array(pem.utf8)).facts().items.first else {
                throw FleetError.wrongCertificate
            }
            let now = environment.now()
            return try await step(facts.fingerprint, "contact", [:]) {
                $0.contact(facts.fingerprint, certificate: pem, facts: facts, at: now)
            }
        }
    }

    /// Takes certificates of an authority that have registered themselves in the lobby's account for contacts.
    ///
    /// What is there and cannot be let in is answered with the reason, and does not hold up the rest.
    package func lookIntoLobby(
        at target: TargetID, authority: String
    ) async throws(RegistrarError) -> [Result<LobbyStanding, RegistrarError>] {
        let certificates = try await fleetwise { try await registered(at: target, authority) }
        let known = try await lobby().filter { $0.endpoint != nil }.map(\.fingerprint)
        var met: [Result<LobbyStanding, RegistrarError>] = []
        for (id, pem) in certificates where !known.contains(where: { $0.rawValue == id }) {
            do { met.append(.success(try await contactLobby(pem))) } catch { met.append(.failure(error)) }
        }
        return met
    }

    private func registered(
        at target: TargetID, _ authority: String
    ) async throws -> [(id: String, pem: String)] {
        let (line, _) = try await awsLine(to: target)
        var (found, marker): ([(String, String)], String?) = ([], nil)
        repeat {
            let page = try await read(
                AWSReplies.Certificates.self,
                AWSCalls.listCertificates(ofAuthority: authority, marker: marker), over: line)
            for id in (page.certificates ?? []).compactMap(\.certificateId) {
                let described = try await read(
                    AWSReplies.CertificateDescription.self, AWSCalls.describeCertificate(id), over: line)
                if let pem = described.certificateDescription?.certificatePem { found.append((id, pem)) }
            }
            marker = page.nextMarker
        } while marker != nil && found.count < Self.limitListed
        return found
    }

    /// The claim of a certificate ends; the device itself is released by `muster release`.
    package func releaseFromLobby(_ fingerprint: PayloadHash) async throws(RegistrarError) {
        try await fleetwise {
            let old = try await store.lobbyEntry(fingerprint)
            var lobby = try Self.ledger(fingerprint, old)
            guard let claim = lobby.entries[fingerprint.rawValue]?.claim,
                lobby.release(fingerprint, by: claim.tenant),
                try await keep(lobby, fingerprint, old, "released", ["device": claim.device.rawValue])
            else { throw FleetError.notInLobby(fingerprint) }
            for entry in try await store.fleetWork(.lobby, open: true)
            where entry.subject == fingerprint.rawValue {
                try await end(entry, .refused, saying: "The claim has ended.")
            }
        }
    }

    // MARK: The ledger

    private func step(
        _ fingerprint: PayloadHash, _ action: String, _ detail: [String: String],
        _ change: (inout DeviceLobby) -> DeviceLobby.Outcome
    ) async throws -> LobbyStanding {
        while true {
            let old = try await store.lobbyEntry(fingerprint)
            var lobby = try Self.ledger(fingerprint, old)
            let outcome = change(&lobby)
            switch outcome {
            case .claimedByAnother: throw FleetError.claimedByAnother
            case .wrongCertificate: throw FleetError.wrongCertificate
            case .waiting, .provision, .tell: break
            }
            guard try await keep(lobby, fingerprint, old, action, detail) else { continue }
            if case .provision(let claim, let pem) = outcome {
                return try await letIn(claim, pem, fingerprint)
            }
            return Self.standing(fingerprint, lobby.entries[fingerprint.rawValue] ?? .init())
        }
    }

    /// The device is let in at its owner's target with its factory's certificate.
    private func letIn(
        _ claim: DeviceLobby.Claim, _ pem: String, _ fingerprint: PayloadHash
    ) async throws -> LobbyStanding {
        let device = try await knownDevice(claim.device)
        guard let leaf = try Certificate.chain(pem: pem).first else { throw FleetError.wrongCertificate }
        try await store.keepBroughtCertificate(
            .ofMaker(chain: pem, leaf.summary), of: claim.device, at: environment.now())
        let name = device.identity.displayName
        let fresh = try move(
            device, to: claim.target, saying: "Let \(name) in at \(claim.target) by its maker's certificate")
        let entry = try await store.openFleetWork(
            .lobby, at: claim.target, about: fingerprint.rawValue, try CanonicalJSON.text(fresh),
            by: Self.localAdministrator.operatorID, at: environment.now())
        let move = try CanonicalJSON.decode(FleetMove.self, from: Array(entry.work.utf8))
        let moved = try await carryOut(move, entry, whenRefused: .refused)
        return try await tell(fingerprint, moved.target?.endpoint ?? "")
    }

    private func tell(_ fingerprint: PayloadHash, _ endpoint: String) async throws -> LobbyStanding {
        while true {
            let old = try await store.lobbyEntry(fingerprint)
            var lobby = try Self.ledger(fingerprint, old)
            lobby.provisioned(fingerprint, endpoint: endpoint)
            guard try await keep(lobby, fingerprint, old, "let_in", ["endpoint": endpoint]) else { continue }
            return Self.standing(fingerprint, lobby.entries[fingerprint.rawValue] ?? .init())
        }
    }

    private func keep(
        _ lobby: DeviceLobby, _ fingerprint: PayloadHash, _ old: String?, _ action: String,
        _ detail: [String: String]
    ) async throws -> Bool {
        try await store.keepLobbyEntry(
            fingerprint, try CanonicalJSON.text(lobby.entries[fingerprint.rawValue] ?? .init()),
            replacing: old, noting: action, detail, by: Self.localAdministrator.operatorID,
            at: environment.now())
    }

    private static func ledger(_ fingerprint: PayloadHash, _ entry: String?) throws -> DeviceLobby {
        guard let entry else { return DeviceLobby() }
        return DeviceLobby(entries: [fingerprint.rawValue: try Self.entry(entry)])
    }

    private static func entry(_ text: String) throws -> DeviceLobby.Entry {
        try CanonicalJSON.decode(DeviceLobby.Entry.self, from: Array(text.utf8))
    }

    private static func standing(_ fingerprint: PayloadHash, _ entry: DeviceLobby.Entry) -> LobbyStanding {
        LobbyStanding(
            fingerprint: fingerprint, device: entry.claim?.device, target: entry.claim?.target,
            firstSeen: entry.firstSeen, endpoint: entry.endpoint)
    }
}
