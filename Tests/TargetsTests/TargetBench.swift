import AzureIoT
import Credentials
import Foundation
import Model
import Synchronization
import TargetCore
import Targets
import TestSupport

/// One way of provisioning, at a running stand-in for its cloud, with everything that a walk through it needs.
struct TargetBench: Sendable {
    /// The ways that are held to the same promises.
    enum Way: String, CaseIterable, Sendable {
        case dpsCertificate, dpsSymmetricKey, dpsGroupKey, dpsTPM, hubThumbprint, hubSymmetricKey
        case awsIssues, awsRegisters
    }

    let way: Way
    let settings: TargetSettings
    let secrets: TargetSecrets
    let line: TargetConnection
    let clock: BenchClock
    private let peer: any BenchPeer

    /// `page` is the most that the stand-in puts on a page of a list.
    init(_ way: Way, page: Int = 100) async throws {
        self.way = way
        let clock = BenchClock()
        self.clock = clock
        switch way {
        case .dpsCertificate, .dpsSymmetricKey, .dpsGroupKey, .dpsTPM, .hubThumbprint, .hubSymmetricKey:
            let peer = try AzurePeer(["--retry-after", "0", "--page", "\(page)"])
            (settings, secrets) = try AzureSamples.settings(way, peer.ready)
            self.peer = peer
        case .awsIssues, .awsRegisters:
            let peer = try AWSPeer(["--page", "\(page)"])
            (settings, secrets) = try AWSSamples.settings(way, peer.ready)
            self.peer = peer
        }
        line = try TargetConnection(
            TargetID(trusted: "t"), settings, secrets: secrets,
            TargetSurroundings(variables: [:], keySeed: Redacted([UInt8](repeating: 7, count: 32))))
        if case .aws(let aws) = settings.cloud { try await AWSSamples.prepare(line, aws, clock) }
    }

    /// A device with a proof of its own that fits the way. The same number and turn give the same device.
    func device(_ number: Int, turn: Int = 0, marks: [String: String] = [:]) throws -> TargetDevice {
        var device = TargetDevice(
            deviceID: DeviceID(trusted: "d-\(number)"), name: "meter-000\(number)",
            tenant: TenantID(trusted: "acme"), site: SiteID(trusted: "oslo-1"),
            product: ProductID(trusted: "meter"), serial: "meter-000\(number)", marks: marks)
        switch way {
        case .dpsCertificate, .hubThumbprint, .awsRegisters:
            device.proof = .certificate(try BenchKeys.shared.chain(device.name, turn))
        case .dpsSymmetricKey, .dpsGroupKey, .hubSymmetricKey: device.proof = .symmetricKey
        case .dpsTPM: device.proof = .tpm(AzureSamples.tpm(number))
        case .awsIssues: device.proof = .request(try BenchKeys.shared.request(device.name, turn))
        }
        return device
    }

    func order(_ fault: PeerFault, on operation: String = "*", times: Int = 1) throws {
        try peer.order(fault, on: operation, times: times)
    }

    func requests() throws -> [PeerRequest] { try peer.requests() }

    /// What the cloud holds that provisioning makes, by kind: enough to see what is doubled or left behind.
    func holdings() async throws -> [String: Int] {
        switch way {
        case .awsIssues, .awsRegisters: try await AWSSamples.holdings(line, clock)
        default: try AzureSamples.holdings(try peer.state())
        }
    }
}

/// What a bench needs of a stand-in.
protocol BenchPeer: Sendable {
    func order(_ fault: PeerFault, on operation: String, times: Int) throws
    func requests() throws -> [PeerRequest]
    func state() throws -> String
}

extension CloudPeer: BenchPeer {
    func state() throws -> String { String(decoding: try send("GET", "/state"), as: UTF8.self) }
}

/// The machine's time, set on by pauses that nobody waits for.
final class BenchClock: Sendable {
    private let paused = Mutex<Int64>(0)

    @Sendable func now() -> Timestamp {
        Timestamp(
            milliseconds: Int64(Date().timeIntervalSince1970 * 1000) + paused.withLock { $0 })
    }

    @Sendable func pause(_ milliseconds: Int64) {
        paused.withLock { $0 += milliseconds }
    }
}
