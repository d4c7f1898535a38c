import Model
import Store
import SyncCore
import TestSupport

/// A hash that stands for SHA-256 here: 32 bytes that differ as soon as one byte of the input does.
let testDigest: DigestFunction = { bytes in
    var lanes: [UInt64] = [
        0xCBF2_9CE4_8422_2325, 0x9AE1_6A3B_2F90_404F, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9,
    ]
    for byte in bytes {
        for index in lanes.indices {
            lanes[index] = (lanes[index] ^ UInt64(byte) &+ UInt64(index)) &* 0x0000_0100_0000_01B3
        }
    }
    return lanes.flatMap { lane in (0..<8).map { UInt8(truncatingIfNeeded: lane >> (8 * $0)) } }
}

/// A store in a directory of its own, and the values that tests fill it with.
struct StoreFixture {
    let directory: TemporaryDirectory
    let store: Store
    static let start = Timestamp(milliseconds: 1_790_000_000_000)
    static let acme = TenantID(trusted: "acme")
    static let jo = OperatorID(trusted: "jo")
    static let registrar = RegistrarID(trusted: "hub")

    init() throws {
        directory = try TemporaryDirectory()
        store = try Self.open(directory.file("state"))
    }

    var path: String { directory.file("state") }

    static func open(_ path: String) throws -> Store {
        try Store(
            directory: path, at: start, makeStoreID: { StoreID(trusted: "tablet-1") }, digest: testDigest)
    }

    /// Another process's view of the same store.
    func anotherStore() throws -> Store { try Self.open(path) }

    static func id(_ number: Int) -> OperationID {
        OperationID(
            milliseconds: 1_790_000_000_000 + Int64(number),
            random: (0..<10).map { UInt8(truncatingIfNeeded: number >> (8 * ($0 % 4))) })
    }

    static func lane(_ number: Int) -> DeviceIdentifier {
        .serial("NL-\(number)", of: ProductID(trusted: "lamp"))
    }

    static func claim(_ device: Int, supersedes: OperationID? = nil, lane: DeviceIdentifier? = nil) -> Intent
    {
        let identity = DeviceIdentity(
            product: ProductID(trusted: "lamp"), fields: ["serial": "NL-\(device)", "mac": mac(device)])
        return Intent(
            body: .claim(.init(identity: identity)), tenant: acme, site: SiteID(trusted: "hall"),
            lane: lane ?? Self.lane(device), identity: identity, operatorID: jo, capturedAt: captured,
            summary: "Claim NL-\(device) for acme", supersedes: supersedes)
    }

    static func note(_ device: Int, _ text: String = "looked at") -> Intent {
        Intent(
            body: .note(.init(text: text)), tenant: acme, lane: lane(device), operatorID: jo,
            capturedAt: captured, summary: "Note on NL-\(device)")
    }

    static func place(_ device: Int) -> Intent {
        Intent(
            body: .place(.init(site: SiteID(trusted: "roof"), position: "rack 3")), tenant: acme,
            lane: lane(device), operatorID: jo, capturedAt: captured, summary: "Place NL-\(device)")
    }

    static func mac(_ device: Int) -> String {
        "02:00:00:00:"
            + Hexadecimal.encode([UInt8(device / 256), UInt8(device % 256)])
            .enumerated().map { $0 == 2 ? ":\($1)" : String($1) }.joined()
    }

    private static let captured = CaptureTime(wall: start, bootID: "boot", monotonicMilliseconds: 1)

    /// A receipt as a registrar would give it; its signature is not the store's business.
    func receipt(
        _ id: OperationID, _ outcome: Receipt.Outcome = .claimed, version: Int = 1, chain: String? = nil
    ) async throws -> VerifiedReceipt {
        let frozen = try await store.frozen(id)
        let receipt = Receipt(
            registrar: Self.registrar, operationID: id, payloadHash: frozen.payloadHash, outcome: outcome,
            deviceID: DeviceID(trusted: "dev-" + frozen.operation.lane.value.lowercased()),
            deviceVersion: version, appliedAt: Self.start, receiptSequence: version, auditHead: .zero,
            certificateChain: chain)
        return VerifiedReceipt(receipt: receipt, text: "header.payload.signature")
    }

    /// Sends an operation through to `in_flight`.
    func send(_ id: OperationID, _ lease: SenderLease) async throws {
        if try await store.entry(id)?.state == .queued {
            try await store.record([StateChange(id, .admitted)], lease: lease, at: Self.start)
        }
        try await store.record([StateChange(id, .sendStarted)], lease: lease, at: Self.start)
    }
}
