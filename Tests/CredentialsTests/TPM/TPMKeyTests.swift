import Credentials
import Model
import Processes
import TestSupport
import Testing

/// Keys that a TPM holds. The oracle is OpenSSL with the tpm2 provider, another user of the same TPM and files.
@Suite struct TPMKeyTests {
    private let emulated: SoftwareTPM
    private let tpm: TPM
    private let openssl: OpenSSLCommand

    init() throws {
        emulated = try SoftwareTPM()
        tpm = TPM(at: try TPMAddress(emulated.tcti))
        openssl = try OpenSSLCommand()
    }

    private func provider(_ line: String) throws -> String {
        try openssl.output(
            of: line + " -provider tpm2 -provider default -propquery ?provider=tpm2",
            environment: ["TPM2OPENSSL_TCTI": emulated.tcti])
    }

    @Test(arguments: [KeyKind.p256, .p384, .rsa(bits: 2048)])
    func `a key made in the TPM signs and requests a certificate`(_ kind: KeyKind) throws {
        let key = try tpm.makeKey(kind)
        #expect(key.kind == kind && key.isInTPM)
        let request = try CertificateRequest.create(
            key: key, commonName: "NL-1", dnsNames: ["nl-1.example"], uris: ["urn:dev:mac:0024befffe804ff1"])
        #expect(request.isSignedByItsKey && request.keyKind == kind)
        #expect(try request.publicKeyHash == key.publicKeyHash)
        try openssl.write(try request.pem, to: "key.csr")
        let text = try openssl.output(of: "req -in …/key.csr -verify -noout -text")
        #expect(text.contains("CN = NL-1") && text.contains("DNS:nl-1.example"))
        let nonce = [UInt8](repeating: 7, count: 32)
        let signature = try key.sign(nonce)
        #expect(request.isSigned(nonce, by: signature))
        #expect(!request.isSigned(nonce + [0], by: signature))
    }

    @Test(arguments: [KeyKind.p256, .p384, .rsa(bits: 2048)])
    func `its file is read again here and by the tpm2 provider of OpenSSL`(_ kind: KeyKind) throws {
        let key = try tpm.makeKey(kind)
        let pem = try key.pem.unredacted
        #expect(TPM.isKeyFile(pem))
        let again = try tpm.key(pem: pem)
        #expect(try again.publicKeyHash == key.publicKeyHash && again.pem == key.pem)
        let request = try CertificateRequest.create(key: key, commonName: "NL-1")
        #expect(request.isSigned([1, 2, 3], by: try again.sign([1, 2, 3])))
        try openssl.write(pem, to: "key.tss")
        _ = try provider("req -new -key …/key.tss -subj /CN=other -out …/other.csr")
        let other = try CertificateRequest(try openssl.bytes("other.csr"))
        #expect(try other.isSignedByItsKey && other.publicKeyHash == key.publicKeyHash)
    }

    @Test func `a key that the tpm2 provider made is used`() throws {
        _ = try provider("genpkey -algorithm EC -pkeyopt group:P-256 -out …/made.tss")
        let key = try tpm.key(pem: String(decoding: try openssl.bytes("made.tss"), as: UTF8.self))
        #expect(try CertificateRequest.create(key: key, commonName: "NL-1").isSignedByItsKey)
    }

    @Test func `a key outlives the loss of power and is of no use to another TPM`() throws {
        let key = try tpm.makeKey(.p256)
        let request = try CertificateRequest.create(key: key, commonName: "NL-1")
        try emulated.restart()
        #expect(request.isSigned([9], by: try key.sign([9])))
        let stranger = try SoftwareTPM()
        let taken = try TPM(at: TPMAddress(stranger.tcti)).key(pem: try key.pem.unredacted)
        #expect(throws: CredentialsError.keyNotReached(TPMError.notItsOwn.explanation)) {
            try taken.sign([9])
        }
        withExtendedLifetime(stranger) {}
    }

    @Test func `more keys than the TPM has room for are used at once, from many threads`() async throws {
        let tpm = tpm
        let kinds = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<12 {
                group.addTask {
                    let key = try tpm.makeKey(.p256)
                    return try CertificateRequest.create(key: key, commonName: "NL-\(number)")
                        .isSignedByItsKey
                }
            }
            return try await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(kinds == [Bool](repeating: true, count: 12))
    }

    @Test func `a key file that is cut or changed is refused or known as another's`() throws {
        let pem = try tpm.makeKey(.p256).pem.unredacted
        for count in 0..<(pem.utf8.count - 1) {
            #expect(throws: TPMError.badKeyFile) {
                try tpm.key(pem: String(decoding: pem.utf8.prefix(count), as: UTF8.self))
            }
        }
        var random = SeededRandom(seed: 9)
        for _ in 0..<400 {
            var bytes = Array(pem.utf8)
            let place = Int.random(in: 33..<(bytes.count - 32), using: &random)
            bytes[place] = Array("ABCDwxyz0189+/=\n".utf8).randomElement(using: &random) ?? 65
            guard bytes != Array(pem.utf8) else { continue }
            // What still parses has another public half, or a private half that the TPM would not load.
            _ = try? tpm.key(pem: String(decoding: bytes, as: UTF8.self))
        }
        #expect(throws: TPMError.badKeyFile) {
            try tpm.key(pem: try PrivateKey.generate(.p256).pem.unredacted)
        }
    }

    @Test func `kinds that TPMs do not make are refused before one is asked`() throws {
        for kind in [KeyKind.ed25519, .x25519, .rsa(bits: 4096), .other("P-521")] {
            #expect(throws: TPMError.notOffered(kind)) { try TPM().makeKey(kind) }
        }
    }
}
