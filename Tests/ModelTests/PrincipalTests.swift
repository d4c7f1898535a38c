import Model
import Testing

/// The five principals of a device, and when they end.
@Suite struct PrincipalTests {
    private static let now = Timestamp(milliseconds: 1_790_000_000_000)

    private static func certificate(_ name: String, by issuer: String, days: Int64, _ number: UInt8)
        -> CertificateSummary
    {
        CertificateSummary(
            subject: name, issuer: issuer, serialNumber: "0A",
            fingerprint: PayloadHash(digest: [UInt8](repeating: number, count: 32)),
            publicKeyHash: PayloadHash(digest: [UInt8](repeating: number + 100, count: 32)),
            notBefore: now, notAfter: now.advanced(bySeconds: days * 86_400))
    }

    private static let issuing = certificate("Issuing", by: "Root", days: 1000, 2)
    private static let root = certificate("Root", by: "Root", days: 7000, 3)

    private static func chain(_ name: String, days: Int64, _ number: UInt8) -> [CertificateSummary] {
        [certificate(name, by: "Issuing", days: days, number), issuing, root]
    }

    @Test func `a device without a certificate has five that are not on record`() {
        let all = Principal.all(certificate: nil, chain: [], certifiedAt: nil)
        #expect(all.map(\.kind) == Principal.Kind.allCases)
        #expect(all.allSatisfy { $0.holder == nil && $0.lastProof == nil && $0.notAfter == nil })
    }

    @Test func `a chain tells of four, and a receipt proves the key`() {
        let all = Principal.all(
            certificate: nil, chain: Self.chain("SN-1", days: 30, 1), certifiedAt: Self.now)
        #expect(all.map(\.kind) == Principal.Kind.allCases)
        #expect(all[0].lastProof == Principal.Proof(.signedRequest, at: Self.now))
        #expect(all[0].holder == .device && all[0].keeping == .device && all[0].notAfter == nil)
        #expect(all[1].subject == "SN-1" && all[1].keeping == .store && all[1].lastProof == nil)
        #expect(all[2].holder == nil)
        #expect(all[3].subject == "Issuing" && all[3].notAfter == Self.issuing.notAfter)
        #expect(all[4].subject == "Root" && all[4].issuer == "Root")
    }

    @Test func `what the device confirmed is proven: key, certificate and root`() {
        let later = Self.now.advanced(bySeconds: 60)
        let all = Principal.all(
            certificate: nil, chain: Self.chain("SN-1", days: 30, 1), certifiedAt: Self.now,
            installedAt: later)
        let proof = Principal.Proof(.confirmedInstallation, at: later)
        #expect(all.map(\.lastProof) == [proof, proof, nil, nil, proof])
    }

    private static let brokerRoot = certificate("Service root", by: "Service root", days: 90, 9)

    private static func all(_ services: Principal.Services?) -> [Principal] {
        Principal.all(
            certificate: nil, chain: chain("SN-1", days: 30, 1), certifiedAt: now, services: services)
    }

    @Test func `services that the registrar gives out are on record, with the root that vouches for them`() {
        let later = Self.root
        let given = Principal.Services(
            endpoints: ["mqtts://b:8883", "tls://c:1"], roots: [later, Self.brokerRoot])
        let all = Self.all(given)
        #expect(all[2].subject == "mqtts://b:8883, tls://c:1" && all[2].holder == .registrar)
        #expect(all[2].issuer == "Service root" && all[2].notAfter == Self.brokerRoot.notAfter)
        #expect(all[4].subject == "Service root" && all[4].fingerprint == Self.brokerRoot.fingerprint)
        #expect(all[2].lastProof == nil && all[4].lastProof == nil)
        let installed = Principal.Services(
            endpoints: given.endpoints, roots: given.roots, installedAt: Self.now)
        let proof = Principal.Proof(.confirmedInstallation, at: Self.now)
        #expect(Self.all(installed)[2].lastProof == proof && Self.all(installed)[4].holder == .device)
        let bare = Principal.all(certificate: nil, chain: [], certifiedAt: nil, services: given)
        #expect(bare.map { $0.holder == nil } == [true, true, false, true, false])
        let ends = PrincipalExpiry.all([("SN-1", all)], now: Self.now, visitInDays: 365)
        #expect(ends.first { $0.kind == .serviceRootCA }?.subject == "Service root")
        #expect(!ends.contains { $0.kind == .serviceEndpoints })
    }

    @Test func `a connection proves the endpoint it went to, and the root that alone was believed`() {
        let all = Self.all(Principal.Services(endpoints: ["mqtts://b:8883"], roots: [Self.brokerRoot]))
        func ways(_ endpoint: String, _ trust: [PayloadHash]?) -> [Principal.Proof.Way?] {
            let proof = ConnectionProof(
                device: .serial("SN-1", of: nil), endpoint: endpoint, witness: .muster, extent: .endpoint,
                provenAt: Self.now, trust: trust)
            return all.proven(by: proof).map { $0.lastProof?.way }
        }
        let own = Self.brokerRoot.fingerprint
        #expect(ways("mqtts://b:8883", [own]) == [.signedRequest, nil, .connection, nil, .connection])
        #expect(ways("mqtts://b:8883", [own, .zero]) == [.signedRequest, nil, .connection, nil, nil])
        #expect(ways("mqtts://b:8883", nil) == [.signedRequest, nil, .connection, nil, nil])
        #expect(ways("mqtts://other:8883", [own]) == [.signedRequest, nil, nil, nil, nil])
    }

    @Test func `without the chain the registrar has it, and of the root nothing is on record`() {
        let own = Self.certificate("SN-1", by: "Issuing", days: 30, 1)
        let all = Principal.all(certificate: own, chain: [], certifiedAt: nil)
        #expect(all[1].keeping == .registrar && all[1].notAfter == own.notAfter)
        #expect(all[3].subject == "Issuing" && all[3].notAfter == nil && all[3].keeping == .registrar)
        #expect(all[4].holder == nil && all[0].lastProof == nil)
    }

    @Test func `what ends first comes first, and an authority is told once for all its devices`() {
        let devices = [("SN-1", Int64(400), UInt8(10)), ("SN-2", 30, 20), ("SN-3", -2, 30)].map {
            (name, days, number) in
            (
                name: name,
                principals: Principal.all(
                    certificate: nil, chain: Self.chain(name, days: days, number), certifiedAt: nil)
            )
        }
        let all = PrincipalExpiry.all(devices, now: Self.now, visitInDays: 90)
        #expect(all.map(\.subject) == ["SN-3", "SN-2", "SN-1", "Issuing", "Root"])
        #expect(all.map(\.daysLeft) == [-2, 30, 400, 1000, 7000])
        #expect(all.map(\.endsBeforeNextVisit) == [true, true, false, false, false])
        #expect(all[3].devices == ["SN-1", "SN-2", "SN-3"] && all[3].kind == .signingCA)
    }

    @Test(arguments: [(0, 0), (1, 0), (86_399, 0), (86_400, 1), (-1, -1), (-86_400, -1), (-86_401, -2)])
    func `days count whole, and what has passed is negative`(_ seconds: Int64, _ days: Int) {
        #expect(Self.now.days(until: Self.now.advanced(bySeconds: seconds)) == days)
    }
}
