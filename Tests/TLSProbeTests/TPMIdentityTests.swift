import Credentials
import Model
import Processes
import TLSProbe
import TestSupport
import Testing

/// TLS with a client whose key a TPM holds, against OpenSSL's own server.
@Suite struct TPMIdentityTests {
    private let emulated: SoftwareTPM
    private let ours: PeerCredentials

    init() throws {
        emulated = try SoftwareTPM()
        ours = try PeerCredentials()
    }

    private func evidence(_ peer: TLSServerPeer, _ identity: TLSIdentity) throws -> TLSEvidence {
        let probe = TLSProbe(
            host: "localhost", port: peer.port, roots: [ours.root.certificate], identity: identity)
        return try probe.run(at: ours.now, by: Deadline(after: .seconds(20))).evidence
    }

    @Test(arguments: [KeyKind.p256, .p384, .rsa(bits: 2048)], ["-tls1_2", "-tls1_3"])
    func `a peer takes the certificate of a key in the TPM`(_ kind: KeyKind, _ version: String) throws {
        let key = try TPM(at: try TPMAddress(emulated.tcti)).makeKey(kind)
        let peer = try TLSServerPeer(
            try ours.server(), [version], clientRoot: ours.root.certificate)
        #expect(try evidence(peer, try ours.device(key: key)).clientCertificate == .accepted)
        #expect(try peer.end().contains("SN-1"))
    }

    @Test func `a TPM that is gone ends the handshake and nothing more`() throws {
        let key = try TPM(at: try TPMAddress(emulated.tcti)).makeKey(.p256)
        let stranger = try SoftwareTPM()
        let elsewhere = try TPM(at: TPMAddress(stranger.tcti)).key(pem: try key.pem.unredacted)
        let peer = try TLSServerPeer(try ours.server(), clientRoot: ours.root.certificate)
        let identity = try ours.device(key: key)
        // The certificate fits the file, and the TPM does not have the key.
        let taken = try TLSIdentity(chain: identity.chain, key: elsewhere)
        #expect(throws: TLSProbeError.self) { try evidence(peer, taken) }
        #expect(try evidence(peer, identity).clientCertificate == .accepted)
        withExtendedLifetime(stranger) {}
    }
}
