import Model
import RegistrarCore
import TargetCore
import Testing

/// What operations have done at targets: as values, without any target.
@Suite struct TargetRulesTests {
    private static let eu = TargetID(trusted: "eu")
    private static let us = TargetID(trusted: "us")

    private static func target(
        _ id: TargetID, _ proofs: [TargetCapabilities.Proof] = [.tpm, .symmetricKey, .deviceCertificate],
        rotates: Bool = true
    ) -> TargetSummary {
        TargetSummary(targetID: id, kind: .azureDPS, proofs: proofs, rotates: rotates)
    }

    private static let tpm = Attestation.TPMIdentity(endorsementKey: "AToAAQAL")
    private static let byTPM = OperationBody.provision(.init(attestation: .tpm(tpm)))
    private static let byKey = OperationBody.provision(
        .init(attestation: .symmetricKey(.init(sealTo: Base64.encodeURL([UInt8](repeating: 1, count: 32))))))

    /// A device that stands at `eu`, with what that has noted of it.
    private static func device(standing: DeviceTarget.Standing = .enabled) -> DeviceRecord {
        var device = Cast.device(tenant: Cast.acme)
        device.state = .provisioned
        device.target = DeviceTarget(
            target: eu, kind: .azureDPS, name: "sn-1", reason: "eu: first", standing: standing,
            marks: ["certificate": "of eu"])
        return device
    }

    private static func decide(
        _ body: OperationBody, _ device: DeviceRecord, _ choice: TargetChoice,
        proof: TargetDevice.Proof? = nil, brought: BroughtCertificate? = nil
    ) -> Decision {
        var records = Cast.records(device)
        records.target = choice
        records.proof = proof
        records.brought = brought
        return Cast.decide(Cast.operation(body), given: records)
    }

    private static func orders(_ decision: Decision) -> [TargetOrder] {
        (decision.effect?.instructions ?? []).compactMap {
            if case .atTarget(let order) = $0 { order } else { nil }
        }
    }

    private static func at(_ summary: TargetSummary) -> TargetChoice { .target(summary, reason: "because") }

    @Test func `a device that shows no certificate is let in where that is taken, and only there`() {
        let claimed = Cast.device(tenant: Cast.acme)
        let orders = Self.orders(Self.decide(Self.byKey, claimed, Self.at(Self.target(Self.eu))))
        #expect(orders.map(\.intent) == [.provision] && orders.map(\.timing) == [.awaited])
        #expect(orders.first?.device.proof == .symmetricKey && orders.first?.reason == "because")
        let other = Self.target(Self.eu, [.deviceCertificate])
        #expect(Self.decide(Self.byKey, claimed, Self.at(other)).code == .targetUnfit)
        #expect(Self.decide(Self.byTPM, claimed, .own).code == .targetUnfit)
        #expect(Self.decide(Self.byTPM, claimed, .unknown(Self.us)).code == .targetUnknown)
        #expect(Self.decide(Self.byTPM, claimed, .none(reason: "all are down")).code == .unavailable)
    }

    @Test func `where it stands already a new key comes beside the old one, which goes once it is proven`() {
        let orders = Self.orders(Self.decide(Self.byKey, Self.device(), Self.at(Self.target(Self.eu))))
        #expect(orders.map(\.intent) == [.rotate, .finishRotation])
        #expect(orders.map(\.timing) == [.awaited, .onceProven])
        #expect(orders.allSatisfy { $0.device.marks == ["certificate": "of eu"] && $0.device.name == "sn-1" })
    }

    @Test func `a target that has no room for two is asked to let the device in again`() {
        let target = Self.target(Self.eu, rotates: false)
        let orders = Self.orders(Self.decide(Self.byTPM, Self.device(), Self.at(target)))
        #expect(orders.map(\.intent) == [.provision])
    }

    @Test func `a device that was cut off is let in anew`() {
        let orders = Self.orders(
            Self.decide(Self.byKey, Self.device(standing: .disabled), Self.at(Self.target(Self.eu))))
        #expect(orders.map(\.intent) == [.provision])
    }

    @Test func `a move makes before it breaks, and takes no marks of one target to another`() {
        let move = OperationBody.reprovision(.init(target: Self.us))
        let orders = Self.orders(
            Self.decide(move, Self.device(), Self.at(Self.target(Self.us)), proof: .tpm(Self.tpm)))
        #expect(orders.map(\.target) == [Self.us, Self.eu] && orders.map(\.intent) == [.provision, .remove])
        #expect(orders.map(\.timing) == [.awaited, .onceProven])
        #expect(orders.map(\.device.marks) == [[:], ["certificate": "of eu"]])
        #expect(Self.decide(move, Self.device(), Self.at(Self.target(Self.us))).code == .targetUnfit)
        let unprovisioned = Cast.device(tenant: Cast.acme)
        #expect(Self.decide(move, unprovisioned, Self.at(Self.target(Self.us))).code == .notProvisioned)
    }

    private static let move = OperationBody.reprovision(.init(target: us))

    @Test func `a claimed device comes with its maker's certificate, where that is taken`() throws {
        let summary = CertificateSummary(
            subject: "Factory 1", issuer: "Factory", serialNumber: "01", fingerprint: .zero,
            publicKeyHash: .zero, notBefore: Timestamp(milliseconds: 0), notAfter: Timestamp(milliseconds: 9))
        let brought = BroughtCertificate.ofMaker(chain: "PEM", summary)
        let claimed = Cast.device(tenant: Cast.acme)
        let decision = Self.decide(Self.move, claimed, Self.at(Self.target(Self.us)), brought: brought)
        let order = try #require(Self.orders(decision).first)
        #expect(order.intent == .provision && order.device.proof == .certificate("PEM"))
        #expect(decision.effect?.device.certificate == summary)
        #expect(decision.effect?.device.state == .provisioned)
        let choosy = Self.at(Self.target(Self.us, [.targetCertificate]))
        #expect(Self.decide(Self.move, claimed, choosy, brought: brought).code == .targetUnfit)
    }

    @Test func `a certificate that was handed over is named to its target by its marks, and to no other`()
        throws
    {
        let brought = BroughtCertificate.handedOver(to: Self.us, marks: ["certificate": "c"])
        let there = Self.at(Self.target(Self.us, [.targetCertificate]))
        let orders = Self.orders(Self.decide(Self.move, Self.device(), there, brought: brought))
        #expect(orders.map(\.intent) == [.provision, .remove])
        #expect(orders.first?.device.proof == nil && orders.first?.device.marks == ["certificate": "c"])
        #expect(Self.decide(Self.move, Self.device(), there).code == .targetUnfit)
        let claimed = Cast.device(tenant: Cast.acme)
        #expect(Self.decide(Self.move, claimed, there, brought: brought).code == .notProvisioned)
    }

    @Test func `a revocation cuts the device off there, a release takes it away, at once`() {
        let revoke = OperationBody.revoke(.init(reason: .keyCompromise))
        let revoked = Self.decide(revoke, Self.device(), .own)
        #expect(Self.orders(revoked).map(\.intent) == [.disable])
        #expect(revoked.effect?.device.target?.standing == .disabled)
        let released = Self.decide(.release(.init(reason: "sold")), Self.device(), .own)
        #expect(Self.orders(released).map(\.intent) == [.remove])
        #expect(Self.orders(released).map(\.timing) == [.following])
        #expect(released.effect?.device.target == nil)
    }
}
