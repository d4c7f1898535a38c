package import Model
package import TargetCore

/// What a device has once it is provisioned by a fleet's template; its private key never leaves it.
package struct FleetIdentity: Equatable, Sendable {
    package var certificateID: String
    package var certificatePEM: String
    package var thingName: String
    package var deviceConfiguration: [String: String]
}

/// The exchange by which a device with a claim certificate gets its own: a value that says what to send next.
///
/// Both answers are subscribed before anything is asked, for they may come at once. Source: AWS IoT developer guide,
/// "Device provisioning MQTT API".
package struct FleetProvisioning: Equatable, Sendable {
    package enum Event: Equatable, Sendable {
        case connected
        /// All topics of the last subscription were granted.
        case subscribed
        case received(topic: String, payload: [UInt8])
        case disconnected
    }

    package enum Instruction: Equatable, Sendable {
        case subscribe([String])
        /// At least once.
        case publish(topic: String, payload: [UInt8])
        /// Connect again with the claim certificate.
        case reconnect
        /// Disconnect, and connect with the new certificate.
        case changeTo(FleetIdentity)
        case refuse(TargetFault)
    }

    package enum State: Equatable, Sendable {
        case connecting, subscribing, askingCertificate, askingThing
        case provisioned(FleetIdentity)
        case refused(TargetFault)
    }

    /// The certificate that waits for its thing, and the proof that this device may have it.
    private struct Pending: Equatable, Sendable {
        var id: String
        var pem: String
        var token: Redacted<String>
        var since: Timestamp
    }

    package private(set) var state = State.connecting
    private let template: String
    private let request: String
    private let parameters: [String: String]
    /// `nil` for a claim certificate that lasts.
    private let claimExpires: Timestamp?
    private var pending: Pending?

    /// An ownership token lives an hour.
    private static let tokenSeconds: Int64 = 3600
    static let certificateTopic = "$aws/certificates/create-from-csr/json"

    /// The exchange for the template of that name; `parameters` are what it asks for, all of it text.
    package init(
        template: String, requestPEM: String, parameters: [String: String], claimExpires: Timestamp? = nil
    ) {
        self.template = template
        request = requestPEM
        self.parameters = parameters
        self.claimExpires = claimExpires
    }

    private var thingTopic: String { "$aws/provisioning-templates/\(template)/provision/json" }

    private var topics: [String] {
        [Self.certificateTopic, thingTopic].flatMap { ["\($0)/accepted", "\($0)/rejected"] }
    }

    package mutating func handle(_ event: Event, at now: Timestamp) -> [Instruction] {
        switch state {
        case .provisioned, .refused: return []
        case .connecting, .subscribing, .askingCertificate, .askingThing: break
        }
        if let claimExpires, claimExpires < now, pending == nil { return refuse(.claimExpired) }
        switch event {
        case .connected:
            state = .subscribing
            return [.subscribe(topics)]
        case .subscribed: return subscribed(at: now)
        case .received(let topic, let payload): return received(topic, payload, at: now)
        case .disconnected:
            // A certificate without a thing is deleted by AWS; one with a token is gone on with.
            state = .connecting
            return [.reconnect]
        }
    }

    private mutating func subscribed(at now: Timestamp) -> [Instruction] {
        guard state == .subscribing else { return [] }
        if let pending, now.milliseconds - pending.since.milliseconds < Self.tokenSeconds * 1000 {
            return askThing(pending)
        }
        state = .askingCertificate
        return [
            .publish(
                topic: Self.certificateTopic,
                payload: Self.json(["certificateSigningRequest": .text(request)]))
        ]
    }

    private mutating func askThing(_ pending: Pending) -> [Instruction] {
        state = .askingThing
        return [
            .publish(
                topic: thingTopic,
                payload: Self.json([
                    "certificateOwnershipToken": .text(pending.token.unredacted),
                    "parameters": .object(parameters.mapValues { .text($0) }),
                ]))
        ]
    }

    private mutating func received(
        _ topic: String, _ payload: [UInt8], at now: Timestamp
    ) -> [Instruction] {
        let answer = JSONValue(String(decoding: payload, as: UTF8.self))
        switch (state, topic) {
        case (.askingCertificate, Self.certificateTopic + "/accepted"): return certificate(answer, at: now)
        case (.askingThing, thingTopic + "/accepted"): return thing(answer)
        case (.askingCertificate, Self.certificateTopic + "/rejected"),
            (.askingThing, thingTopic + "/rejected"):
            return refuse(answer)
        // An answer that comes twice, or to another device of the same client.
        default: return []
        }
    }

    private mutating func certificate(_ answer: JSONValue?, at now: Timestamp) -> [Instruction] {
        guard let id = answer?["certificateId"]?.text, let pem = answer?["certificatePem"]?.text,
            let token = answer?["certificateOwnershipToken"]?.text
        else { return refuse(.unreadable) }
        let pending = Pending(id: id, pem: pem, token: Redacted(token), since: now)
        self.pending = pending
        return askThing(pending)
    }

    private mutating func thing(_ answer: JSONValue?) -> [Instruction] {
        guard let pending, let name = answer?["thingName"]?.text else { return refuse(.unreadable) }
        let identity = FleetIdentity(
            certificateID: pending.id, certificatePEM: pending.pem, thingName: name,
            deviceConfiguration: answer?["deviceConfiguration"]?.members.compactMapValues(\.text) ?? [:])
        state = .provisioned(identity)
        self.pending = nil
        return [.changeTo(identity)]
    }

    private mutating func refuse(_ answer: JSONValue?) -> [Instruction] {
        let step = state == .askingThing ? "RegisterThing" : "CreateCertificateFromCsr"
        return refuse(FleetFault.rejection(answer, of: step))
    }

    private mutating func refuse(_ reason: FleetFault) -> [Instruction] { refuse(reason.fault) }

    private mutating func refuse(_ fault: TargetFault) -> [Instruction] {
        state = .refused(fault)
        pending = nil
        return [.refuse(fault)]
    }

    private static func json(_ members: [String: JSONValue]) -> [UInt8] {
        do { return try CanonicalJSON.encode(members) } catch {
            preconditionFailure("texts always encode: \(error)")
        }
    }
}
