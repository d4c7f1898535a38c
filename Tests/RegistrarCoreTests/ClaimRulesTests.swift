import Model
import RegistrarCore
import Testing

@Suite struct ClaimRulesTests {
    @Test func `a device that is free becomes the tenant's, at the site named`() throws {
        let decision = Cast.decide(
            Cast.operation(Cast.claim(), site: Cast.oslo), given: Cast.records(Cast.device()))
        let effect = try #require(decision.effect)
        #expect(effect.outcome == .claimed)
        #expect(effect.device.tenant == Cast.acme && effect.device.site == Cast.oslo)
        #expect(effect.device.state == .claimed && effect.device.version == 4)
        #expect(effect.registers == nil)
    }

    @Test func `a device that is the tenant's already stays as it is`() throws {
        let device = Cast.device(tenant: Cast.acme, site: Cast.oslo)
        let effect = try #require(
            Cast.decide(Cast.operation(Cast.claim(), site: Cast.oslo), given: Cast.records(device)).effect)
        #expect(effect.outcome == .alreadyClaimed && effect.device == device)
    }

    @Test func `a claim at another site of the tenant moves the device`() throws {
        let device = Cast.device(tenant: Cast.acme, site: Cast.oslo, position: "rack 3")
        let effect = try #require(
            Cast.decide(Cast.operation(Cast.claim(), site: Cast.bergen), given: Cast.records(device)).effect)
        #expect(effect.outcome == .placed)
        #expect(effect.device.site == Cast.bergen && effect.device.position == nil)
    }

    @Test func `a device of another tenant is refused without a word of whose it is`() throws {
        let decision = Cast.decide(
            Cast.operation(Cast.claim()), given: Cast.records(Cast.device(tenant: Cast.other)))
        #expect(decision.code == .claimedByAnotherTenant)
        #expect(!"\(decision)".contains(Cast.other.rawValue))
    }

    @Test func `a device that was delivered for another tenant is refused alike`() {
        let decision = Cast.decide(
            Cast.operation(Cast.claim()),
            given: Cast.records(Cast.device(), restrictedTo: Cast.other))
        #expect(decision.code == .claimedByAnotherTenant)
    }

    @Test func `an unknown device of an open product is registered by its first claim`() throws {
        let effect = try #require(
            Cast.decide(Cast.operation(Cast.claim()), given: Cast.records()).effect)
        #expect(effect.outcome == .claimed && effect.device.version == 1)
        #expect(effect.device.deviceID == DeviceID(trusted: "d-new"))
        #expect(effect.registers == Cast.identity())
    }

    @Test(arguments: [Cast.listedProduct, nil])
    func `an unknown device of a listed product, or of none, waits for the list`(_ product: Product?) throws {
        let decision = Cast.decide(Cast.operation(Cast.claim()), given: Cast.records(product: product))
        #expect(decision.code == .unknownDevice)
        #expect(try #require(decision.refusal).problem.retryable)
    }

    @Test(arguments: [
        (ClaimCodeVerdict.missing, ProblemCode.claimCodeMissing), (.wrong, .claimCodeWrong),
        (.locked(retryAfterSeconds: 30), .rateLimited),
    ]) func `a claim code that is asked for must be right`(_ verdict: ClaimCodeVerdict, _ code: ProblemCode) {
        let decision = Cast.decide(
            Cast.operation(Cast.claim()), given: Cast.records(Cast.device(), code: verdict))
        #expect(decision.code == code)
        #expect((decision.refusal?.alarm == .wrongClaimCode) == (verdict == .wrong))
    }

    @Test func `a right claim code claims`() {
        let decision = Cast.decide(
            Cast.operation(Cast.claim()), given: Cast.records(Cast.device(), code: .right))
        #expect(decision.effect?.outcome == .claimed)
    }

    @Test func `a label that contradicts the delivery is refused`() {
        var delivered = Cast.identity()
        delivered.fields["mac"] = "00:00:5E:00:53:01"
        var label = Cast.identity()
        label.fields["mac"] = "00:00:5E:00:53:02"
        let decision = Cast.decide(
            Cast.operation(.claim(OperationBody.Claim(identity: label))),
            given: Cast.records(Cast.device(identity: delivered)))
        #expect(decision.code == .identityConflict)
    }

    @Test func `a label adds what the delivery did not say`() throws {
        var label = Cast.identity()
        label.fields["mac"] = "00:00:5E:00:53:02"
        let effect = try #require(
            Cast.decide(
                Cast.operation(.claim(OperationBody.Claim(identity: label))),
                given: Cast.records(Cast.device())
            ).effect)
        #expect(effect.device.identifiers.map(\.rawValue) == ["mac:00:00:5E:00:53:02", "serial:nl-ls1/SN-1"])
    }

    @Test func `a label that finds two devices is a conflict, one serial of two products a question`() {
        var second = Cast.device(identity: Cast.identity("SN-2"))
        second.deviceID = DeviceID(trusted: "d-2")
        #expect(
            Cast.decide(Cast.operation(Cast.claim()), given: Cast.records(Cast.device(), second)).code
                == .identityConflict)
        second = Cast.device(identity: Cast.identity("SN-1", product: Cast.listedProduct))
        #expect(
            Cast.decide(Cast.operation(Cast.claim()), given: Cast.records(Cast.device(), second)).code
                == .identityMissing)
    }

    @Test func `a label without a single device is refused`() {
        let body = OperationBody.claim(
            OperationBody.Claim(identity: DeviceIdentity(fields: ["gtin": "09501101530003"])))
        #expect(Cast.decide(Cast.operation(body), given: Cast.records()).code == .identityMissing)
    }
}
