import AWSIoT
import Model
import TargetCore
import Testing

@Suite struct DeviceLobbyTests {
    private let start = Timestamp(milliseconds: 1_700_000_000_000)

    @Test func `devices of a factory find their owner, whichever comes first`() throws {
        let pem = FakePEM.certificate(key: "k", serial: 1)
        let facts = try #require(FakePEM.facts(pem).first)
        let claim = DeviceLobby.Claim(
            device: DeviceID(trusted: "d-1"), tenant: TenantID(trusted: "acme"),
            target: TargetID(trusted: "aws"))
        var other = claim
        other.tenant = TenantID(trusted: "other")
        var (before, after) = (DeviceLobby(), DeviceLobby())
        #expect(before.claim(facts.fingerprint, claim) == .waiting)
        let first = before.contact(facts.fingerprint, certificate: pem, facts: facts, at: start)
        #expect(after.contact(facts.fingerprint, certificate: pem, facts: facts, at: start) == .waiting)
        #expect(after.claim(facts.fingerprint, claim) == first)
        #expect(first == .provision(claim, certificate: pem))
        #expect(before == after)
        #expect(after.claim(facts.fingerprint, other) == .claimedByAnother)
        #expect(after.contact(.zero, certificate: pem, facts: facts, at: start) == .wrongCertificate)
        var settings = AWSRun.settings
        settings.issuer = .registrar
        settings.attributes = [:]
        let device = TargetDevice(
            deviceID: claim.device, name: "meter-1", tenant: claim.tenant, proof: .certificate(pem))
        var run = AWSRun(AWSModel(), .provision, device, settings)
        guard case .done(let outcome) = try run.end() else {
            Issue.record("the claim's work was not done")
            return
        }
        after.provisioned(facts.fingerprint, endpoint: outcome.device?.endpoint ?? "")
        #expect(
            after.contact(facts.fingerprint, certificate: pem, facts: facts, at: start)
                == .tell(endpoint: "mqtts://abc123-ats.iot.eu-west-1.amazonaws.com:8883"))
        let byOther = after.release(facts.fingerprint, by: other.tenant)
        let byOwner = after.release(facts.fingerprint, by: claim.tenant)
        #expect(!byOther && byOwner)
        #expect(after.claim(facts.fingerprint, other) == .provision(other, certificate: pem))
    }
}
