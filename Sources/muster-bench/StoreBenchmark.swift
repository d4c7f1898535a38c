import Credentials
import Model
import Store

/// Durable accepts a second of `Store.accept`, held against plain SQLite which commits the same rows.
///
/// A new store accepts claims, one commit each. After every slice of them plain SQLite, through its C API with
/// statements prepared once, writes the very rows that the store wrote, into a file of the same schema with
/// the same settings; at the end both files must hold the same. Plain SQLite gets the rows ready made: it
/// computes no hash, looks nothing up, and checks nothing. The slices are short, so that whatever else the
/// machine does meets both alike. Opening and closing are not counted.
struct StoreBenchmark {
    private let directory: String
    private let slices: Int
    private let commits: Int

    init(_ words: [String]) throws {
        guard words.count == 3, let slices = Int(words[1]), let commits = Int(words[2]), slices > 0,
            (1...2000).contains(commits)
        else { throw BenchmarkError.usage }
        (directory, self.slices, self.commits) = (words[0], slices, commits)
    }

    /// Prints a line a slice: the store's commits a second, plain SQLite's, and their ratio in percent. A slice
    /// that warms both up comes first and is not counted.
    func run() async throws {
        let store = try Store(
            directory: directory, at: Self.start, makeStoreID: { StoreID(trusted: "bench") },
            digest: Digest.sha256)
        let plain = try PlainSQLite(following: directory)
        for slice in 0...slices {
            let numbers = slice * commits + 1...(slice + 1) * commits
            let accepting = try await accept(numbers.map { (Self.id($0), Self.claim($0)) }, in: store)
            let following = try plain.follow()
            guard slice > 0 else { continue }
            print(rate(accepting), rate(following), Int((following / accepting * 100).rounded()))
        }
        try plain.compare()
    }

    private func accept(_ work: [(OperationID, Intent)], in store: Store) async throws -> Duration {
        try await ContinuousClock().measure {
            for (id, intent) in work { try await store.accept([(id, intent)], at: Self.start) }
        }
    }

    private func rate(_ duration: Duration) -> Int {
        Int((Double(commits) / (duration / .seconds(1))).rounded())
    }

    private static let start = Timestamp(milliseconds: 1_790_000_000_000)

    private static func id(_ number: Int) -> OperationID {
        OperationID(
            milliseconds: start.milliseconds + Int64(number),
            random: (0..<10).map { UInt8(truncatingIfNeeded: (number &* 0x9E37_79B9) >> (8 * ($0 % 4))) })
    }

    /// A claim as a label gives it: product, serial, MAC.
    private static func claim(_ number: Int) -> Intent {
        let product = ProductID(trusted: "lamp")
        let serial = "NL-\(100_000 + number)"
        let mac = "02:00:00:" + Hexadecimal.encode([UInt8(number >> 8 & 0xFF), UInt8(number & 0xFF)])
        let identity = DeviceIdentity(product: product, fields: ["serial": serial, "mac": mac])
        return Intent(
            body: .claim(.init(identity: identity)), tenant: TenantID(trusted: "acme"),
            site: SiteID(trusted: "hall"), lane: .serial(serial, of: product), identity: identity,
            operatorID: OperatorID(trusted: "jo"),
            capturedAt: CaptureTime(wall: start, bootID: "bench", monotonicMilliseconds: Int64(number)),
            summary: "Claim \(serial) for acme", registrar: RegistrarID(trusted: "hub"))
    }
}
