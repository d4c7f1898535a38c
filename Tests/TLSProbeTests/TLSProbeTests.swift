import Credentials
import Model
import Processes
import TLSProbe
import TestSupport
import Testing

/// What is proven of a peer that is who it should be.
@Suite struct TLSProbeTests {
    private let ours: PeerCredentials
    private let server: PeerCredentials.Server

    init() throws {
        ours = try PeerCredentials()
        server = try ours.server()
    }

    private func probe(
        _ peer: TLSServerPeer, host: String = "localhost", identity: TLSIdentity? = nil
    ) throws(TLSProbeError) -> TLSEvidence {
        let probe = TLSProbe(
            host: host, port: peer.port, roots: [ours.root.certificate], identity: identity)
        return try probe.run(at: ours.now, by: Deadline(after: .seconds(20))).evidence
    }

    /// Of a peer that presented the right certificate, and refused.
    private func fault(_ peer: TLSServerPeer, _ identity: TLSIdentity?) throws -> TLSFault? {
        let error = try #require(throws: TLSProbeError.self) { try probe(peer, identity: identity) }
        guard case .refused(let fault, let presented) = error else { return nil }
        #expect(presented.first == server.certificate.summary)
        return fault
    }

    @Test(arguments: ["localhost", "127.0.0.1"])
    func `name, chain, version and cipher are evidence`(_ host: String) throws {
        let evidence = try probe(try TLSServerPeer(server), host: host)
        #expect(evidence.verifiedName == host && evidence.chain == [server.certificate.summary])
        #expect(evidence.version == "TLSv1.3" && evidence.cipher.hasPrefix("TLS_"))
        #expect(evidence.clientCertificate == .notRequested)
    }

    @Test(arguments: [["-tls1_2"], ["-tls1_3"]])
    func `a peer that wants a certificate takes the right one, and says so`(_ version: [String]) throws {
        let peer = try TLSServerPeer(server, version, clientRoot: ours.root.certificate)
        let evidence = try probe(peer, identity: try ours.device())
        #expect(evidence.clientCertificate == .accepted)
        #expect(try peer.end().contains("SN-1"))
    }

    @Test func `a peer over TLS 1 dot 3 that keeps its verdict for itself is not said to have accepted`()
        throws
    {
        let peer = try TLSServerPeer(server, ["-num_tickets", "0"], clientRoot: ours.root.certificate)
        #expect(try probe(peer, identity: try ours.device()).clientCertificate == .presented)
    }

    @Test(arguments: [["-tls1_2"], ["-tls1_3"]])
    func `a certificate of another authority is refused by the peer, in its words`(_ version: [String]) throws
    {
        let peer = try TLSServerPeer(server, version, clientRoot: ours.root.certificate)
        let stranger = try PeerCredentials(name: "Other root").device()
        #expect(try fault(peer, stranger) == .certificateRefused(reason: "unknown CA"))
    }

    @Test(arguments: [["-tls1_2"], ["-tls1_3"]])
    func `no certificate where one is wanted`(_ version: [String]) throws {
        let peer = try TLSServerPeer(server, version, clientRoot: ours.root.certificate)
        #expect(try fault(peer, nil) == .certificateRequired)
    }

    @Test func `a key that is not the certificate's is found before anything is sent`() throws {
        let device = try ours.device()
        #expect(
            throws: CredentialsError.notGenuine(
                subject: "private key", reason: "it is not that of the certificate")
        ) {
            try TLSIdentity(chain: device.chain, key: try PrivateKey.generate(.p256))
        }
    }

    @Test func `every fault says what happened and what to do`() {
        let now = Timestamp(milliseconds: 0)
        let faults: [TLSFault] = [
            .otherName(expected: "a", names: []), .expired(subject: "a", at: now),
            .notYetValid(subject: "a", from: now), .unknownAuthority(issuer: "a"), .selfSigned(subject: "a"),
            .notForServers(subject: "a"), .untrusted(reason: "a"), .certificateRefused(reason: "a"),
            .certificateRequired, .protocolTooOld, .notTLS(speaks: "a"), .hungUp, .silent,
            .failed(reason: "a"),
        ]
        #expect(Set(faults.map(\.code)).count == faults.count)
        for fault in faults {
            let said = fault.explanation
            #expect(said.id == fault.code && said.what.hasSuffix(".") && said.nextStep.hasSuffix("."))
        }
    }
}
