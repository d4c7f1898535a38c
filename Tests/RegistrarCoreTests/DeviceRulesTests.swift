import Model
import RegistrarCore
import Testing

@Suite struct DeviceRulesTests {
    private static let place = OperationBody.place(OperationBody.Place(site: Cast.oslo, position: "rack 3"))
    private static let release = OperationBody.release(OperationBody.Release(reason: "returned"))
    private static let note = OperationBody.note(OperationBody.Note(text: "antenna"))
    private static let revoke = OperationBody.revoke(OperationBody.Revoke(reason: .keyCompromise))
    private static let lane = DeviceIdentifier.serial("SN-1", of: Cast.product.productID)
    private static let proof = ConnectionProof(
        device: lane, endpoint: "mqtts://b:8883", witness: .musterWithDeviceKey, extent: .roundTrip,
        provenAt: Cast.now)
    private static let failure = ConnectionFailure(
        device: lane, endpoint: "mqtts://b:8883", witness: .muster, triedAt: Cast.now,
        cause: ConnectionFailure.Cause(code: "certificate_expired", text: "Its certificate has ended."))
    private static let verify = OperationBody.verify(.proven(proof))
    private static let provision = OperationBody.provision(
        OperationBody.Provision(certificateRequest: Base64.encode([1, 2, 3])))

    private func facts(
        _ key: KeyKind = .p256, name: String? = "SN-1",
        alternatives: [AlternativeName] = [], isSigned: Bool = true
    ) -> CertificateRequestFacts {
        CertificateRequestFacts(
            key: key, commonName: name, alternativeNames: alternatives, publicKeyHash: .zero,
            isSignatureValid: isSigned)
    }

    private let own = Cast.device(tenant: Cast.acme, site: Cast.oslo)

    @Test func `a device is placed, and placing it there again changes nothing`() throws {
        let effect = try #require(Cast.decide(Cast.operation(Self.place), given: Cast.records(own)).effect)
        #expect(effect.outcome == .placed && effect.device.position == "rack 3" && effect.device.version == 4)
        let again = try #require(
            Cast.decide(Cast.operation(Self.place), given: Cast.records(effect.device)).effect)
        #expect(again.device == effect.device)
    }

    @Test(arguments: [place, provision, release, revoke, verify, note])
    func `another's device, a listed one and an unknown one all answer alike`(_ body: OperationBody) {
        let operation = Cast.operation(body)
        let answers = [
            Cast.records(Cast.device(tenant: Cast.other)), Cast.records(Cast.device()), Cast.records(),
        ].map { Cast.decide(operation, given: $0) }
        #expect(answers[0].code == .notClaimed)
        #expect(Set(answers.map { "\($0)" }).count == 1)
    }

    @Test func `an operation whose predecessor has not arrived waits for it`() {
        let predecessor = Operation.Predecessor(operationID: Cast.id(9), payloadHash: .zero)
        let operation = Cast.operation(Self.place, sequence: 2, predecessor: predecessor)
        #expect(Cast.decide(operation, given: Cast.records()).code == .predecessorMissing)
        #expect(Cast.decide(operation, given: Cast.records(own)).effect?.outcome == .placed)
    }

    @Test func `a certificate is ordered for the key of a good request`() throws {
        let effect = try #require(
            Cast.decide(Cast.operation(Self.provision), given: Cast.records(own, request: facts())).effect)
        #expect(effect.outcome == .provisioned && effect.device.state == .provisioned)
        guard case .issueCertificate(let order) = try #require(effect.instructions.first) else { return }
        #expect(order.commonName == "SN-1")
        #expect(order.uri == "urn:muster:r-1:d-1")
        #expect(order.notBefore < Cast.now && order.notAfter > Cast.now)
    }

    @Test func `a request must be readable, signed, of a good key and name this device only`() {
        let refused: [CertificateRequestFacts?] = [
            nil, facts(isSigned: false), facts(.rsa(bits: 1024)), facts(.other("DSA")),
            facts(name: "SN-2"), facts(alternatives: [.dns("evil.example")]),
            facts(alternatives: [.uri("urn:muster:r-1:d-2")]), facts(alternatives: [.other("an address")]),
        ]
        for request in refused {
            let decision = Cast.decide(
                Cast.operation(Self.provision), given: Cast.records(own, request: request))
            #expect(decision.code == .certificateRequestRefused)
        }
        for request in [
            facts(.rsa(bits: 3072)), facts(.p384), facts(.ed25519), facts(name: nil), facts(name: "d-1"),
            facts(alternatives: [.uri("urn:muster:r-1:d-1"), .dns("sn-1")]),
        ] {
            let decision = Cast.decide(
                Cast.operation(Self.provision), given: Cast.records(own, request: request))
            #expect(decision.effect?.outcome == .provisioned)
        }
    }

    @Test func `a key is certified only when it was made in a way that the product allows`() throws {
        var product = Cast.product
        product.keyOrigins = [.tpm, .device]
        func decide(_ origin: KeyOrigin?, _ product: Product?) -> Decision {
            let body = OperationBody.Provision(
                certificateRequest: Base64.encode([1, 2, 3]), keyOrigin: origin)
            return Cast.decide(
                Cast.operation(.provision(body)),
                given: Cast.records(own, product: product, request: facts()))
        }
        for origin in [KeyOrigin.tpm, .device] { #expect(decide(origin, product).effect != nil) }
        for origin in [KeyOrigin.made, nil] {
            let problem = try #require(decide(origin, product).refusal?.problem)
            #expect(problem.knownCode == .certificateRequestRefused)
            #expect(problem.detail == product.objection(to: origin)?.what)
            #expect(problem.nextStep == product.objection(to: origin)?.nextStep)
            #expect(decide(origin, Cast.product).effect != nil && decide(origin, nil).effect != nil)
        }
    }

    @Test func `a device whose certificate is revoked stays the tenant's, without it`() throws {
        var certified = own
        certified.state = .provisioned
        certified.certificate = CertificateSummary(
            subject: "SN-1", issuer: "I", serialNumber: "0A", fingerprint: .zero, publicKeyHash: .zero,
            notBefore: Cast.now, notAfter: Cast.now.advanced(bySeconds: 60))
        let effect = try #require(
            Cast.decide(Cast.operation(Self.revoke), given: Cast.records(certified)).effect)
        #expect(effect.outcome == .revoked && effect.device.certificate == nil && effect.leaves == nil)
        #expect(effect.device.tenant == Cast.acme && effect.device.state == .claimed)
        #expect(effect.device.version == certified.version + 1)
        #expect(effect.instructions == [.revokeCertificates(.keyCompromise)])
        let released = Cast.decide(Cast.operation(Self.release), given: Cast.records(certified)).effect
        #expect(released?.instructions == [.revokeCertificates(.cessationOfOperation)])
        for role in [Role.installer, .auditor] {
            let decision = Cast.decide(
                Cast.operation(Self.revoke), by: Cast.person(role), given: Cast.records(certified))
            #expect(decision.code == .notAuthorised)
        }
    }

    @Test func `a verification is kept with what came of it, and changes nothing of the device`() throws {
        let proven = try #require(Cast.decide(Cast.operation(Self.verify), given: Cast.records(own)).effect)
        #expect(proven.outcome == .verified && proven.device == own)
        #expect(proven.remarks["extent"] == "roundTrip" && proven.remarks["endpoint"] == "mqtts://b:8883")
        let failed = try #require(
            Cast.decide(Cast.operation(.verify(.failed(Self.failure))), given: Cast.records(own)).effect)
        #expect(failed.outcome == .verificationFailed && failed.device == own)
        #expect(failed.remarks["cause"] == "certificate_expired")
    }

    @Test func `an operator can say only what their own Muster has seen of this device`() {
        var others: [ConnectionProof] = []
        for witness in [ConnectionProof.Witness.target, .device] {
            var proof = Self.proof
            proof.witness = witness
            others.append(proof)
        }
        var foreign = Self.proof
        foreign.device = .serial("SN-2", of: Cast.product.productID)
        var byAnother = Self.proof
        byAnother.operatorID = OperatorID(trusted: "somebody-else")
        var nowhere = Self.proof
        nowhere.endpoint = ""
        for proof in others + [foreign, byAnother, nowhere] {
            let decision = Cast.decide(
                Cast.operation(.verify(.proven(proof))), given: Cast.records(own))
            #expect(decision.code == .operationMalformed, "\(proof)")
        }
    }

    @Test func `a key that was compromised is not certified again`() {
        var records = Cast.records(own, request: facts())
        records.isKeyCompromised = true
        #expect(
            Cast.decide(Cast.operation(Self.provision), given: records).code == .certificateRequestRefused)
    }

    @Test func `a key that another device has used is refused`() {
        let records = Cast.records(own, request: facts(), keyOwner: DeviceID(trusted: "d-2"))
        #expect(Cast.decide(Cast.operation(Self.provision), given: records).code == .keyReused)
        let same = Cast.records(own, request: facts(), keyOwner: own.deviceID)
        #expect(Cast.decide(Cast.operation(Self.provision), given: same).effect != nil)
    }

    @Test func `a released device is nobody's and returns to what was delivered`() throws {
        var claimed = own
        claimed.identity.fields["mac"] = "00:00:5E:00:53:01"
        claimed.identifiers = claimed.identity.identifiers
        var records = Cast.records(claimed)
        records.devices[0].registered = Cast.identity()
        let effect = try #require(Cast.decide(Cast.operation(Self.release), given: records).effect)
        #expect(effect.device.tenant == nil && effect.device.site == nil && effect.device.state == .listed)
        #expect(effect.device.identity == Cast.identity())
        #expect(effect.leaves == Cast.acme)
    }

    @Test
    func `an operation made for an older version is refused, unless the store's own work made the newer`() {
        let stale = Cast.operation(Self.place, baseVersion: 2)
        #expect(Cast.decide(stale, given: Cast.records(own)).code == .staleVersion)
        let ownWork = LaneRecord(versionAfterFurthest: 3)
        #expect(Cast.decide(stale, given: Cast.records(own, lane: ownWork)).effect != nil)
    }

    @Test func `a note changes no version`() {
        #expect(
            Cast.decide(Cast.operation(Self.note), given: Cast.records(own)).effect?.device.version == 3)
    }
}
