import Credentials
import Model
import Processes
import TLSProbe
import TestSupport
import Testing

/// Peers that must not be believed: each is refused by the name of its fault, and gets nothing but a handshake.
@Suite struct BadPeerTests {
    private let ours: PeerCredentials

    init() throws { ours = try PeerCredentials() }

    private func fault(
        of port: UInt16, host: String = "127.0.0.1", roots: [Certificate]? = nil, by seconds: Int = 20
    ) throws -> (fault: TLSFault, presented: [CertificateSummary]) {
        let probe = TLSProbe(
            host: host, port: port, roots: roots ?? [ours.root.certificate], identity: try ours.device())
        do throws(TLSProbeError) {
            _ = try probe.run(at: ours.now, by: Deadline(after: .seconds(seconds)))
        } catch {
            guard case .refused(let fault, let presented) = error else { throw error }
            return (fault, presented)
        }
        throw ProgramFailure(description: "the peer was believed")
    }

    /// Runs OpenSSL's server with a certificate, and asks for the fault.
    private func fault(
        of server: PeerCredentials.Server, _ options: [String] = [], roots: [Certificate]? = nil,
        host: String = "127.0.0.1"
    ) throws -> (fault: TLSFault, presented: [CertificateSummary]) {
        let peer = try TLSServerPeer(server, options)
        let found = try fault(of: peer.port, host: host, roots: roots)
        #expect(found.presented.first == server.certificate.summary || found.presented.isEmpty)
        #expect(try !peer.end().contains("CIPHER is"), "the handshake was finished")
        return found
    }

    @Test func `a certificate for another name`() throws {
        let found = try fault(of: try ours.server(["broker.example"]))
        #expect(found.fault == .otherName(expected: "127.0.0.1", names: ["broker.example"]))
        #expect(found.presented.count == 1)
    }

    @Test func `a certificate for a numeric address alone, asked for by name`() throws {
        let found = try fault(of: try ours.server(["127.0.0.1"]), host: "localhost")
        #expect(found.fault.code == "name_mismatch")
    }

    @Test func `a certificate that has ended, and one that is not valid yet`() throws {
        let old = try ours.server(from: -20, to: -10)
        #expect(
            try fault(of: old).fault
                == .expired(subject: "localhost", at: old.certificate.summary.notAfter))
        let early = try ours.server(from: 10, to: 20)
        #expect(
            try fault(of: early).fault
                == .notYetValid(subject: "localhost", from: early.certificate.summary.notBefore))
    }

    @Test func `an authority that is not pinned, of the same name even`() throws {
        let other = try PeerCredentials()
        let found = try fault(of: try other.server())
        #expect(found.fault.code == "unknown_authority")
        #expect(found.fault.explanation.what.contains("Peer root"))
    }

    @Test func `a peer that speaks for itself, unless it is the one that is pinned`() throws {
        let command = try OpenSSLCommand()
        try command.output(
            of: "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout …/k.pem -out …/c.pem "
                + "-days 5 -subj /CN=alone -addext subjectAltName=IP:127.0.0.1")
        let server = PeerCredentials.Server(
            certificate: try Certificate(try command.bytes("c.pem")),
            key: try PrivateKey(
                pem: Redacted(String(decoding: try command.bytes("k.pem"), as: UTF8.self))))
        #expect(try fault(of: server).fault == .selfSigned(subject: "alone"))
        let pinned = try TLSServerPeer(server)
        let probe = TLSProbe(host: "127.0.0.1", port: pinned.port, roots: [server.certificate])
        let finding = try probe.run(at: ours.now, by: Deadline(after: .seconds(20)))
        #expect(finding.evidence.chain == [server.certificate.summary])
    }

    @Test func `a device's certificate, which is not for servers`() throws {
        let device = try ours.device("SN-9")
        let server = PeerCredentials.Server(certificate: device.chain[0], key: device.key)
        #expect(try fault(of: server).fault == .notForServers(subject: "SN-9"))
    }

    @Test func `TLS 1 dot 1`() throws {
        let found = try fault(of: try ours.server(), ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"])
        #expect(found.fault == .protocolTooOld)
    }

    @Test func `a sign-in page`() throws {
        let peer = try RawPeer(.signInPage)
        #expect(try fault(of: peer.port).fault == .notTLS(speaks: "plain HTTP"))
        #expect(peer.gotHandshakesOnly && !peer.received.isEmpty)
    }

    @Test func `a peer that hangs up at once`() throws {
        let peer = try RawPeer(.closesAtOnce)
        #expect(try fault(of: peer.port).fault == .hungUp)
        withExtendedLifetime(peer) {}
    }

    @Test func `a peer that says nothing`() throws {
        let peer = try RawPeer(.silent)
        #expect(try fault(of: peer.port, by: 1).fault == .silent)
        #expect(peer.gotHandshakesOnly)
    }

    @Test func `nobody, and a name that there is not`() throws {
        let free = try RawPeer(.silent).port
        for (host, id) in [("127.0.0.1", "not_reached"), ("there-is-none.invalid", "not_resolved")] {
            let probe = TLSProbe(host: host, port: free, roots: [ours.root.certificate])
            do throws(TLSProbeError) {
                _ = try probe.run(at: ours.now, by: Deadline(after: .seconds(20)))
                Issue.record("\(host) answered")
            } catch {
                #expect(error.explanation.id == id)
            }
        }
    }
}
