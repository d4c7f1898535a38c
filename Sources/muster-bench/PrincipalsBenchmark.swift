import Credentials
import Glibc
import Model
import Synchronization

/// How many devices get a key, a request and a certificate, and how long a vault takes to open.
struct PrincipalsBenchmark {
    private let words: [String]

    init(_ words: [String]) {
        self.words = words
    }

    func run() throws {
        switch words.first {
        case "issue":
            guard words.count == 3, let threads = Int(words[1]), let each = Int(words[2]), threads > 0,
                each > 0
            else { throw BenchmarkError.usage }
            print(try issue(threads: threads, each: each))
        case "unlock":
            guard words.count == 2, let runs = Int(words[1]), runs > 0 else { throw BenchmarkError.usage }
            for _ in 0..<runs { print(try unlock()) }
        default: throw BenchmarkError.usage
        }
    }

    /// Certificates a second: a P-256 key, its request, the check of its proof of possession, and the certificate for it.
    private func issue(threads: Int, each: Int) throws -> Double {
        let start = Timestamp(milliseconds: 1_790_000_000_000)
        let end = start.advanced(bySeconds: 365 * 86_400)
        let root = try CertificateAuthority.makeRoot(name: "Bench root", notBefore: start, notAfter: end)
        let issuing = try root.makeIssuing(name: "Bench issuing", notBefore: start, notAfter: end)
        let failure = Mutex<String?>(nil)
        let duration = ContinuousClock().measure {
            let workers = (0..<threads).map { worker in
                Worker {
                    do {
                        for number in 0..<each {
                            try Self.one("B-\(worker)-\(number)", issuing, start, end)
                        }
                    } catch { failure.withLock { $0 = "\(error)" } }
                }
            }
            workers.forEach { $0.join() }
        }
        if let failure = failure.withLock({ $0 }) { throw BenchmarkError.failed(failure) }
        return Double(threads * each) / (duration / .seconds(1))
    }

    private static func one(
        _ serial: String, _ issuing: CertificateAuthority, _ start: Timestamp, _ end: Timestamp
    ) throws {
        let key = try PrivateKey.generate(.p256)
        let made = try CertificateRequest.create(key: key, commonName: serial)
        let request = try CertificateRequest(made.der)
        guard request.isSignedByItsKey else { throw BenchmarkError.failed("the request is not signed") }
        _ = try issuing.certify(
            request, commonName: serial, uris: ["urn:dev:ops:\(serial)"], notBefore: start, notAfter: end)
    }

    /// Milliseconds from the passphrase to the open key.
    private func unlock() throws -> Double {
        let passphrase = try SecretBytes(copying: Array("tisch-pferd-lampe-zwiebel".utf8))
        let sealed = try ContentKey.make().wrapped(by: try PassphraseKey.make(passphrase), name: "bench")
        let duration = try ContinuousClock().measure {
            _ = try ContentKey(sealed, by: try sealed.key(of: passphrase), name: "bench")
        }
        return duration / .milliseconds(1)
    }
}

/// A thread of its own.
private final class Worker {
    private var thread = pthread_t()

    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    init(_ run: @escaping @Sendable () -> Void) {
        let body = Unmanaged.passRetained(Body(run)).toOpaque()
        pthread_create(
            &thread, nil,
            { @Sendable argument in
                argument.map { Unmanaged<Body>.fromOpaque($0).takeRetainedValue().run() }
                return nil
            }, body)
    }

    func join() { pthread_join(thread, nil) }
}
