import Credentials
import Model
import TestSupport
import Testing

/// The reader of usual requests against the library's: whatever is read by either says the same, and what one refuses
/// the other refuses.
@Suite struct RequestReaderTests {
    /// What is told of a request.
    private struct Word: Equatable {
        var der: [UInt8]
        var commonName: String?
        var subjectAttributeCount: Int
        var dnsNames: [String]
        var uris: [String]
        var otherNames: Int
        var keyKind: KeyKind
        var publicKeyHash: PayloadHash
        var isSignedByItsKey: Bool

        init(_ request: CertificateRequest) {
            der = request.der
            commonName = request.commonName
            subjectAttributeCount = request.subjectAttributeCount
            (dnsNames, uris, otherNames) = (request.dnsNames, request.uris, request.otherNames)
            (keyKind, publicKeyHash) = (request.keyKind, request.publicKeyHash)
            isSignedByItsKey = request.isSignedByItsKey
        }
    }

    private func read(_ bytes: [UInt8]) -> Result<Word, CredentialsError> {
        do throws(CredentialsError) { return .success(Word(try CertificateRequest(bytes))) } catch {
            return .failure(error)
        }
    }

    private func readByLibrary(_ bytes: [UInt8]) -> Result<Word, CredentialsError> {
        do throws(CredentialsError) { return .success(Word(try CertificateRequest(byLibrary: bytes))) } catch
        {
            return .failure(error)
        }
    }

    /// Requests of several makers, with all that may be in one.
    private static func requests() throws -> [[UInt8]] {
        let key = try PrivateKey.generate(.p256)
        var requests = [
            try CertificateRequest.create(key: key, commonName: "SN-1").der,
            try CertificateRequest.create(
                key: key, commonName: "Zähler 7 电表", dnsNames: ["sn-1.example"], uris: ["urn:x", "urn:y"]
            ).der,
        ]
        let command = try OpenSSLCommand()
        let words = [
            "-subj /O=Acme/CN=SN-2 -addext subjectAltName=critical,DNS:a.example,email:a@b.example,IP:192.0.2.1",
            "-subj /CN=SN-3 -addext keyUsage=critical,digitalSignature -addext extendedKeyUsage=clientAuth",
            "-subj /CN=SN-4 -addext subjectAltName=dirName:sect,otherName:1.2.3;UTF8:x",
            "-subj /CN=A+serialNumber=B", "-subj /",
        ]
        for (number, words) in words.enumerated() {
            let run = try command.run(
                "req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout …/key -outform DER "
                    + "-out …/\(number) \(words)")
            if run.code == 0 { requests.append(try command.bytes("\(number)")) }
        }
        #expect(requests.count >= 6)
        return requests
    }

    @Test func `both read what is whole, and say the same of it`() throws {
        for request in try Self.requests() {
            #expect(try read(request).get() == readByLibrary(request).get())
            #expect(try read(request).get().isSignedByItsKey)
        }
    }

    @Test func `both say the same of every request with one byte changed, cut or put in`() throws {
        var random = SeededRandom(seed: 20_261)
        for request in try Self.requests() {
            for place in request.indices {
                var changed = [request, request, request]
                changed[0][place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                changed[1].remove(at: place)
                changed[2].insert(UInt8.random(in: 0...255, using: &random), at: place)
                for bytes in changed + [Array(request.prefix(place))] {
                    #expect(read(bytes) == readByLibrary(bytes), "\(Hexadecimal.encode(bytes))")
                }
            }
        }
    }

    /// Changes that keep the lengths right, which changed bytes alone seldom do.
    @Test(arguments: [
        // A version, a tag of the subject, a boolean, an unused bit, a compressed point, another algorithm.
        ("020100", "020101"), ("0c", "1e"), ("0101ff", "010101"), ("034200", "034201"),
        ("034200 04", "034200 02"),
        ("06082a8648ce3d040302", "06082a8648ce3d040303"), ("0603550403", "0603558003"),
        ("0603550403", "0603550483"),
        ("06082a8648ce3d030107", "06082a8648ce3d030106"),
    ]) func `both say the same of a request whose words are others`(_ word: String, _ other: String) throws {
        let before = try #require(Hexadecimal.decode(word.replacing(" ", with: "")))
        let after = try #require(Hexadecimal.decode(other.replacing(" ", with: "")))
        var changes = 0
        for request in try Self.requests() {
            for place in request.indices.dropLast(before.count) where request[place...].starts(with: before) {
                var changed = request
                changed.replaceSubrange(place..<place + before.count, with: after)
                #expect(read(changed) == readByLibrary(changed), "\(Hexadecimal.encode(changed))")
                changes += 1
            }
        }
        #expect(changes > 0)
    }

    @Test func `a point that is not on the curve is refused`() throws {
        let request = try CertificateRequest.create(key: .generate(.p256), commonName: "SN-1").der
        let place = try #require(request.firstRange(of: [0x03, 0x42, 0x00, 0x04])).upperBound
        var changed = request
        changed.replaceSubrange(place..<place + 64, with: [UInt8](repeating: 1, count: 64))
        guard case .failure(.unreadable(let subject, _)) = read(changed) else {
            Issue.record("it was read")
            return
        }
        #expect(subject == "key of the request")
    }
}
