import Credentials
import Foundation
import Model
import TestSupport
import Testing

/// The asking side: answers and lists that the `openssl` command made, and lies.
@Suite struct StatusTests {
    private let command: OpenSSLCommand
    private let root: CertificateAuthority
    private let device: Certificate
    private let now: Timestamp

    init() throws {
        command = try OpenSSLCommand()
        // The command takes the machine's clock.
        now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970) * 1000)
        root = try CertificateAuthority.makeRoot(
            name: "Acme root", notBefore: now.advanced(bySeconds: -86_400),
            notAfter: now.advanced(bySeconds: 86_400 * 9000))
        device = try root.issueDevice(
            for: try CertificateRequest.create(key: .generate(.p256), commonName: "SN-1"),
            commonName: "SN-1",
            notBefore: now.advanced(bySeconds: -86_400), notAfter: now.advanced(bySeconds: 86_400 * 30))
        try command.write(try root.certificate.pem, to: "root.pem")
        try command.write(try root.key.pem.unredacted, to: "root.key")
        try command.write(try device.pem, to: "device.pem")
    }

    /// An index of openssl's that knows the device.
    private func writeIndex(_ state: String) throws {
        let end = "400101000000Z"
        try command.write(
            "\(state)\t\(device.summary.serialNumber.uppercased())\tunknown\t/CN=SN-1\n"
                .replacing("END", with: end), to: "index.txt")
    }

    private func answer(
        to question: StatusQuestion, signer: String = "root", words: String = "-ndays 2"
    ) throws -> [UInt8] {
        try command.write(Base64.encode(question.der), to: "question.b64")
        try command.output(of: "base64 -d -A -in …/question.b64 -out …/question.der")
        try command.output(
            of: "ocsp -index …/index.txt -CA …/root.pem -rsigner …/\(signer).pem -rkey …/\(signer).key "
                + "-reqin …/question.der -respout …/answer.der \(words)")
        return try command.bytes("answer.der")
    }

    private func question(_ nonce: UInt8 = 1) throws -> StatusQuestion {
        try StatusQuestion(
            about: device, issuer: root.certificate, nonce: [UInt8](repeating: nonce, count: 32))
    }

    @Test func `what openssl answers is understood`() throws {
        let question = try question()
        try writeIndex("V\tEND\t")
        let good = try question.status(in: try answer(to: question), at: now)
        #expect(good.status == .good && good.until != nil)
        try writeIndex("R\tEND\t260901120000Z,keyCompromise")
        let revoked = try question.status(in: try answer(to: question), at: now).status
        #expect(revoked == .revoked(reasonCode: 1, at: Timestamp(milliseconds: 1_788_264_000_000)))
        try command.write("", to: "index.txt")
        #expect(try question.status(in: try answer(to: question), at: now).status == .unknown)
    }

    private func refused(_ answer: [UInt8], _ question: StatusQuestion, at time: Timestamp) -> String? {
        do {
            _ = try question.status(in: answer, at: time)
            return nil
        } catch { return error.explanation.what.description }
    }

    @Test func `answers to others, of another time, or signed by nobody are not believed`() throws {
        try writeIndex("V\tEND\t")
        let question = try question()
        let answer = try answer(to: question)
        #expect(refused(answer, question, at: now) == nil)
        #expect(refused(answer, try self.question(2), at: now)?.contains("nonce") == true)
        #expect(
            refused(answer, question, at: now.advanced(bySeconds: 3 * 86_400))?.contains("of now") == true)
        #expect(refused(answer, question, at: now.advanced(bySeconds: -3600))?.contains("of now") == true)
        var damaged = answer
        damaged[damaged.count / 3] ^= 1
        #expect(refused(damaged, question, at: now) != nil)
        for count in stride(from: 0, to: answer.count, by: 11) {
            #expect(refused(Array(answer.prefix(count)), question, at: now) != nil)
        }
        #expect(refused([0x30, 3, 0x0A, 1, 3], question, at: now)?.contains("trylater") == true)
    }

    @Test func `only the issuer, or one that it named for this, may answer`() throws {
        try writeIndex("V\tEND\t")
        let question = try question()
        let key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
        for (name, purpose, isBelieved) in [
            ("named", "OCSPSigning", true), ("thief", "clientAuth", false),
        ] {
            try command.output(
                of: "req -new \(key) -keyout …/\(name).key -subj /CN=\(name) -out …/\(name).csr")
            try command.write("extendedKeyUsage=\(purpose)\n", to: "\(name).conf")
            try command.output(
                of: "x509 -req -in …/\(name).csr -CA …/root.pem -CAkey …/root.key -days 5 "
                    + "-extfile …/\(name).conf -out …/\(name).pem")
            let answer = try answer(to: question, signer: name)
            let later = now.advanced(bySeconds: 5)
            #expect((refused(answer, question, at: later) == nil) == isBelieved, "\(name)")
        }
        try command.output(
            of: "req -x509 \(key) -keyout …/other.key -subj /CN=other -days 5 "
                + "-addext extendedKeyUsage=OCSPSigning -out …/other.pem")
        let answer = try answer(to: question, signer: "other")
        #expect(refused(answer, question, at: now.advanced(bySeconds: 5)) != nil)
    }

    @Test func `openssl's revocation list is read, and one of somebody else is not`() throws {
        try command.write(
            "[ca]\ndefault_ca=a\n[a]\ndatabase=\(command.directory.path)/index.txt\ndefault_md=sha256\n"
                + "crl_extensions=e\n[e]\nauthorityKeyIdentifier=keyid:always\n", to: "ca.conf")
        let make =
            "ca -gencrl -config …/ca.conf -cert …/root.pem -keyfile …/root.key -crldays 3 -out …/list.pem"
        try writeIndex("R\tEND\t260901120000Z,superseded")
        try command.output(of: make)
        let list = try RevocationList(try command.bytes("list.pem"))
        let issuer = root.certificate
        let revoked = CertificateStatus.revoked(
            reasonCode: 4, at: Timestamp(milliseconds: 1_788_264_000_000))
        #expect(try list.status(of: device, issuer: issuer, at: now).status == revoked)
        #expect(throws: CredentialsError.self) {
            try list.status(of: device, issuer: issuer, at: now.advanced(bySeconds: 4 * 86_400))
        }
        #expect(throws: CredentialsError.self) { try list.status(of: device, issuer: device, at: now) }
        try writeIndex("V\tEND\t")
        try command.output(of: make)
        try command.output(of: "crl -in …/list.pem -outform DER -out …/list.der")
        let der = try command.bytes("list.der")
        #expect(try RevocationList(der).status(of: device, issuer: issuer, at: now).status == .good)
        for count in stride(from: 0, to: der.count, by: 9) {
            #expect(throws: CredentialsError.self) { try RevocationList(Array(der.prefix(count))) }
        }
    }

    @Test func `an address that could be read as configuration is not written`() throws {
        let request = try CertificateRequest.create(key: .generate(.p256), commonName: "SN-1")
        for address in [
            "https://x,DNS:evil", "https://x\nCA:TRUE", "ftp://x", "https://", "@section", "http://x/",
        ] {
            #expect(throws: CredentialsError.self) {
                try root.issueDevice(
                    for: request, commonName: "SN-1",
                    addresses: StatusAddresses(revocationLists: [address]), notBefore: now,
                    notAfter: now.advanced(bySeconds: 60))
            }
        }
    }
}
