import Model
import RegistrarCore
import TargetCore
import Testing

/// What a target's word of a device is worth, and what settles because of it.
@Suite struct TargetSightingTests {
    private static let lane = DeviceIdentifier.serial("SN-1", of: Cast.product.productID)
    private static let question = ConnectionQuestion(device: lane, operatorID: Cast.person().operatorID)
    private static let hub = DeviceTarget(
        target: TargetID(trusted: "eu"), kind: .iotHub, name: "SN-1", place: "h.example", reason: "x",
        endpoint: "mqtts://h.example:8883")
    private let since = Cast.now.advanced(bySeconds: -3600)

    private var device: DeviceRecord {
        var device = Cast.device(tenant: Cast.acme, site: Cast.oslo)
        device.state = .provisioned
        device.target = Self.hub
        return device
    }

    private func ask(_ device: DeviceRecord) -> Decision {
        Cast.decide(Cast.operation(.verify(.asked(Self.question))), given: Cast.records(device))
    }

    private func heard(_ seenAt: Timestamp?, isThere: Bool = true, byOldToo: Bool = false) throws -> Effect {
        var effect = try #require(ask(device).effect)
        effect.hear(
            TargetSighting(device: isThere ? Self.hub : nil, seenAt: seenAt), asked: Self.question,
            LetIn(since: since, isByOldToo: byOldToo), at: Cast.now)
        return effect
    }

    private func cause(_ effect: Effect) -> String? {
        if case .failed(let failure)? = effect.verification { failure.cause.code } else { nil }
    }

    @Test func `the question becomes work at the device's target, which is waited for`() throws {
        let effect = try #require(ask(device).effect)
        guard case .atTarget(let order)? = effect.instructions.first else {
            Issue.record("no work: \(effect.instructions)")
            return
        }
        #expect(order.intent == .verifySeen && order.timing == .awaited && order.target.rawValue == "eu")
        #expect(order.device.name == "SN-1" && effect.device == device)
    }

    @Test func `nobody is asked of a device that is let in nowhere`() {
        var own = device
        own.target = nil
        #expect(ask(own).code == .targetUnfit)
        own.state = .claimed
        #expect(ask(own).code == .notProvisioned)
    }

    @Test func `seen since it was let in is a proof of it, and settles what waits for that`() throws {
        let effect = try heard(since.advanced(bySeconds: 1))
        guard case .proven(let proof)? = effect.verification else {
            Issue.record("not proven: \(String(describing: effect.verification))")
            return
        }
        #expect(proof.witness == .target && proof.claim == .deviceOnline)
        #expect(proof.provenAt == since.advanced(bySeconds: 1), "when it was seen, not when it was asked")
        #expect(proof.endpoint == "mqtts://h.example:8883")
        #expect(effect.outcome == .verified && effect.instructions.contains(.provenAtTarget))
        #expect(effect.device == device)
    }

    @Test func `seen before that, never, and unknown there are none, and each is said`() throws {
        let times: [(Timestamp?, Bool, String)] = [
            (since, true, "seen_before_certificate"),
            (since.advanced(bySeconds: -1), true, "seen_before_certificate"),
            (nil, true, "not_seen_by_target"), (nil, false, "unknown_at_target"),
        ]
        for (seenAt, isThere, code) in times {
            let effect = try heard(seenAt, isThere: isThere)
            #expect(cause(effect) == code)
            #expect(effect.outcome == .verificationFailed && !effect.instructions.contains(.provenAtTarget))
        }
    }

    @Test func `what the target leaves out of where a device is, the record tells`() throws {
        var effect = try #require(ask(device).effect)
        var there = Self.hub
        there.endpoint = nil
        effect.hear(
            TargetSighting(device: there, seenAt: Cast.now), asked: Self.question, LetIn(since: since),
            at: Cast.now)
        #expect(effect.verification?.endpoint == "mqtts://h.example:8883")
    }

    @Test func `a target that could not be asked is an answer too, which proves and settles nothing`() throws
    {
        var effect = try #require(ask(device).effect)
        effect.hearNothing(because: "There is no index. Switch it on.", asked: Self.question, at: Cast.now)
        guard case .failed(let failure)? = effect.verification else {
            Issue.record("no failure: \(String(describing: effect.verification))")
            return
        }
        #expect(failure.cause.code == "target_not_asked" && failure.witness == .target)
        #expect(failure.cause.text == "eu could not be asked. There is no index. Switch it on")
        #expect(failure.endpoint == "mqtts://h.example:8883" && failure.triedAt == Cast.now)
        #expect(effect.outcome == .verificationFailed && !effect.instructions.contains(.provenAtTarget))
        #expect(effect.device == device && effect.remarks["cause"] == "target_not_asked")
    }

    @Test func `while the old certificate is let in too, the word settles nothing`() throws {
        let effect = try heard(since.advanced(bySeconds: 1), byOldToo: true)
        guard case .proven(let proof)? = effect.verification else {
            Issue.record("not proven")
            return
        }
        #expect(proof.isByOldOrNew == true && proof.certificate == nil && proof.isCertificateOnRecord == nil)
        #expect(proof.words.contains("or by the new is not known"))
        #expect(effect.outcome == .verified && !effect.instructions.contains(.provenAtTarget))
    }

    @Test func `the hub that was assigned goes on record, as a new version`() throws {
        var dps = device
        dps.target?.kind = .azureDPS
        dps.target?.place = nil
        dps.target?.endpoint = "https://global.example/0ne"
        var effect = try #require(ask(dps).effect)
        var there = try #require(dps.target)
        there.place = "assigned.example"
        there.client = DeviceTarget.Client(clientID: "SN-1")
        effect.hear(
            TargetSighting(device: there, seenAt: Cast.now), asked: Self.question, LetIn(since: since),
            at: Cast.now)
        #expect(effect.device.target?.place == "assigned.example")
        #expect(effect.device.target?.client?.clientID == "SN-1")
        #expect(effect.device.version == dps.version + 1)
        #expect(effect.verification?.endpoint == "mqtts://assigned.example:8883")
    }

    @Test func `a device's signed word counts when its signature is genuine, and settles as Muster's does`()
        throws
    {
        var known = device
        let certificate = CertificateSummary(
            subject: "SN-1", issuer: "I", serialNumber: "0A", fingerprint: .zero, publicKeyHash: .zero,
            notBefore: Cast.now, notAfter: Cast.now.advanced(bySeconds: 60))
        known.certificate = certificate
        let proof = ConnectionProof(
            device: Self.lane, endpoint: "mqtts://h.example:8883", witness: .device, extent: .authenticated,
            provenAt: Cast.now, certificate: certificate.fingerprint, isCertificateOnRecord: true,
            statement: DeviceStatement(nonce: "n", name: "SN-1", signature: "c2ln"))
        var records = Cast.records(known)
        let operation = Cast.operation(.verify(.proven(proof)))
        #expect(Cast.decide(operation, given: records).code == .operationMalformed)
        records.isStatementGenuine = true
        let effect = try #require(Cast.decide(operation, given: records).effect)
        #expect(effect.outcome == .verified && effect.instructions == [.provenAtTarget])
    }

    @Test(arguments: [true, nil] as [Bool?])
    func `what Muster connects with settles only once the device has it`(_ isWithheld: Bool?) throws {
        var known = device
        let certificate = CertificateSummary(
            subject: "SN-1", issuer: "I", serialNumber: "0A", fingerprint: .zero, publicKeyHash: .zero,
            notBefore: Cast.now, notAfter: Cast.now.advanced(bySeconds: 60))
        known.certificate = certificate
        let proof = ConnectionProof(
            device: Self.lane, endpoint: "mqtts://h.example:8883", witness: .musterWithDeviceKey,
            extent: .roundTrip, provenAt: Cast.now, certificate: certificate.fingerprint,
            isCertificateOnRecord: true, isKeyWithheld: isWithheld)
        let effect = try #require(
            Cast.decide(Cast.operation(.verify(.proven(proof))), given: Cast.records(known)).effect)
        #expect(effect.outcome == .verified)
        #expect(effect.instructions == (isWithheld == true ? [] : [.provenAtTarget]))
    }
}
