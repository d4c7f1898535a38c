import AzureIoT
import Credentials
import DeviceClouds
import HTTPClient
import Model
import Processes
import Synchronization
import TestSupport
import Testing

/// The stand-in for Azure, somebody who enrols devices there, and devices whose time does not pass by itself.
struct AzureWorld {
    let peer: AzurePeer
    let administrator: Administrator
    let authority: String
    let scope: AzureScope
    let time = HandTime()

    init(_ options: [String] = []) throws {
        peer = try AzurePeer(options)
        administrator = try Administrator(peer)
        authority = try Administrator.authority(of: peer)
        scope = try #require(AzureScope("dps:\(peer.ready.device.idScope)@\(peer.ready.device.url)"))
    }

    func register(_ id: String, _ proof: AzureDeviceProof) async throws -> AzureAssignment {
        try await AzureRegistration(
            try administrator.registration(id), at: scope, proof: proof, trust: .authorities(authority),
            clock: time.clock
        ).run()
    }

    /// Sends a message over HTTPS to the hub that a device was assigned.
    func post(_ message: String, from device: AzureHubDevice) async throws {
        let hub = try #require(peer.ready.hubs.first { $0.name == device.hub })
        try await device.post(
            Array(message.utf8), to: hub.url, trust: .authorities(authority), at: SystemClock.now())
    }

    /// How often the device plane was asked for something, by the first word of the operation.
    func count(_ method: String) throws -> Int {
        try peer.requests().filter { $0.plane == "device" && $0.method == method }.count
    }

    static let register = "PUT /{idScope}/registrations/{registrationId}/register"
    static let poll = "GET /{idScope}/registrations/{registrationId}/operations/{operationId}"
}

/// A clock that goes on only when somebody waits, and remembers for how long.
final class HandTime: Sendable {
    private let state = Mutex((now: SystemClock.now(), waits: [Int64]()))

    /// Every wait in whole seconds.
    var waits: [Int64] { state.withLock { $0.waits } }

    var clock: DeviceClock {
        DeviceClock(now: { self.state.withLock { $0.now } }) { until in
            self.state.withLock {
                $0.waits.append((until.milliseconds - $0.now.milliseconds) / 1000)
                $0.now = max($0.now, until)
            }
        }
    }
}
