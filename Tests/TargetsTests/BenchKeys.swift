import Credentials
import Foundation
import Model
import Synchronization

/// Keys, requests and certificates of sample devices, made once.
final class BenchKeys: Sendable {
    static let shared: BenchKeys = {
        do { return try BenchKeys() } catch { fatalError("no sample authority: \(error)") }
    }()

    private let authority: CertificateAuthority
    private let keys = Mutex<[String: PrivateKey]>([:])
    private let chains = Mutex<[String: String]>([:])

    private init() throws {
        let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        authority = try CertificateAuthority.makeRoot(
            name: "Sample root", notBefore: now.advanced(bySeconds: -3600),
            notAfter: now.advanced(bySeconds: 10 * 365 * 86_400))
    }

    func request(_ name: String, _ turn: Int) throws -> String {
        Base64.encode(try CertificateRequest.create(key: try key(name, turn), commonName: name).der)
    }

    func chain(_ name: String, _ turn: Int) throws -> String {
        if let known = chains.withLock({ $0["\(name) \(turn)"] }) { return known }
        let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        let request = try CertificateRequest.create(key: try key(name, turn), commonName: name)
        let certificate = try authority.issueDevice(
            for: request, commonName: name, uris: [], notBefore: now.advanced(bySeconds: -300),
            notAfter: now.advanced(bySeconds: 365 * 86_400))
        let chain = try certificate.pem + authority.certificate.pem
        chains.withLock { $0["\(name) \(turn)"] = chain }
        return chain
    }

    func publicKeyHash(_ name: String, _ turn: Int) throws -> PayloadHash {
        try CertificateRequest.create(key: try key(name, turn), commonName: name).publicKeyHash
    }

    private func key(_ name: String, _ turn: Int) throws -> PrivateKey {
        if let known = keys.withLock({ $0["\(name) \(turn)"] }) { return known }
        let key = try PrivateKey.generate(.p256)
        keys.withLock { $0["\(name) \(turn)"] = key }
        return key
    }
}
