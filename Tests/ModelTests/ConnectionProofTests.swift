import Model
import Testing

/// What a proof of a connection says, keeps and allows to claim.
@Suite struct ConnectionProofTests {
    private static let now = Timestamp(milliseconds: 1_790_000_000_000)
    private static let hash = PayloadHash(digest: [UInt8](repeating: 7, count: 32))
    private static let certificate = CertificateSummary(
        subject: "SN-1", issuer: "Acme", serialNumber: "01", fingerprint: hash, publicKeyHash: .zero,
        notBefore: now, notAfter: now.advanced(bySeconds: 86_400))

    private func proof(
        _ witness: ConnectionProof.Witness, _ extent: ConnectionProof.Extent
    ) throws -> ConnectionProof {
        ConnectionProof(
            device: DeviceIdentifier(kind: .serial, value: "SN-1"), endpoint: "mqtts://broker.example:8883",
            witness: witness, extent: extent, provenAt: Self.now, certificate: Self.hash,
            isCertificateOnRecord: true, clientID: "muster-01",
            tls: ConnectionProof.TLS(
                TLSEvidence(
                    version: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384", verifiedName: "broker.example",
                    chain: [Self.certificate], clientCertificate: .accepted)),
            mqtt: ConnectionProof.MQTT(version: "5.0", topic: "t", roundTripMicroseconds: 12_400))
    }

    @Test func `online is said by the word of the device or the target alone, and only when it got in`()
        throws
    {
        for witness in ConnectionProof.Witness.allCases {
            for extent in ConnectionProof.Extent.allCases {
                let proof = try proof(witness, extent)
                let isOnline = [.target, .device].contains(witness) && extent != .endpoint
                #expect((proof.claim == .deviceOnline) == isOnline)
                #expect(proof.words.contains("online") == isOnline)
                let isNothing = witness == .muster || extent == .endpoint
                #expect(proof.words.contains("nothing is proven of the device") == isNothing)
            }
        }
    }

    @Test func `a proof that was saved as a note is still read`() throws {
        let proof = try proof(.musterWithDeviceKey, .roundTrip)
        #expect(
            proof.words
                == "its key and certificate were taken by mqtts://broker.example:8883; a message came back after 12 ms; "
                + "TLSv1.3, verified as broker.example; 2026-09-21 14:13 UTC")
        var withheld = proof
        withheld.isKeyWithheld = true
        #expect(withheld.words.contains("; the device has not been given the key yet; 2026"))
        let text = "\(proof.words)\n{\"connectionProof\":\(try CanonicalJSON.text(proof))}"
        #expect(ConnectionProof(noteText: text) == proof)
        for other in ["", "antenna replaced", #"{"connectionProof":{}}"#, proof.words] {
            #expect(ConnectionProof(noteText: other) == nil)
        }
    }

    @Test func `a proof stands with the principals it was made with, and with no others`() throws {
        let principals = Principal.all(certificate: Self.certificate, chain: [], certifiedAt: nil)
        let proof = try proof(.musterWithDeviceKey, .roundTrip)
        let proven = principals.proven(by: proof)
        let ways = proven.map { $0.lastProof?.way }
        #expect(ways == [.connection, .connection, nil, nil, nil])
        var other = proof
        other.certificate = .zero
        #expect(principals.proven(by: other) == principals)
        #expect(principals.proven(by: nil) == principals)
        #expect(principals.proven(by: try self.proof(.muster, .endpoint)) == principals)
        var older = proof
        older.provenAt = Self.now.advanced(bySeconds: -60)
        #expect(proven.proven(by: older) == proven)
    }

    @Test(arguments: [
        ("mqtts://broker.example", "mqtts://broker.example:8883"),
        ("mqtts://broker.example:1", "mqtts://broker.example:1"),
        ("tls://127.0.0.1:443", "tls://127.0.0.1:443"), ("tls://[::1]:443", "tls://[::1]:443"),
        ("mqtts://[fe80::1]", "mqtts://[fe80::1]:8883"),
    ]) func `an endpoint is read and written one way`(_ text: String, _ written: String) throws {
        let endpoint = try #require(ServiceEndpoint(text))
        #expect(endpoint.description == written)
        #expect(ServiceEndpoint(endpoint.description) == endpoint)
    }

    @Test(arguments: [
        "", "mqtts://", "mqtts://:8883", "mqtt://a", "https://a", "tls://a", "tls://a:", "tls://a:0",
        "tls://a:65536",
        "tls://a:+5", "mqtts://u@a", "mqtts://a/b", "mqtts://a b", "mqtts://[a]", "mqtts://[::1",
        "mqtts://a:1:2",
        "mqtts://ä", "mqtts://[::1]8883",
    ]) func `what is no endpoint is refused`(_ text: String) {
        #expect(ServiceEndpoint(text) == nil)
    }
}
