internal import Foundation
internal import HTTPClient
internal import Processes

/// The programs of `Tests/Peers`, which stand in for the clouds, and whether they can run here.
package enum CloudPeers {
    /// Their Python, with the packages that `Scripts/bootstrap --peers` installs.
    static let python = Home.root + "/.build/peers/bin/python"
    static let programs = Home.root + "/Tests/Peers/"

    /// Why tests that need a peer are left out.
    package static let missing = """
        The cloud peers are not installed, so what needs them is NOT tested. Run `Scripts/bootstrap --peers`.
        """

    /// Whether tests with peers are to run: always where everything must be tested, there they fail without one.
    package static let areUsable: Bool = {
        let variables = ProcessInfo.processInfo.environment
        if variables["CI"] != nil || variables["MUSTER_REQUIRE_PEERS"] != nil { return true }
        let isThere = FileManager.default.fileExists(atPath: Home.root + "/.build/peers/installed")
        if !isThere { FileHandle.standardError.write(Data("warning: \(missing)\n".utf8)) }
        return isThere
    }()
}

/// A running peer: where it is, and the control interface by which a test orders faults and reads what was asked.
///
/// It ends with this object, and with this process however that ends.
package final class CloudPeer<Ready: Decodable & Sendable>: Sendable {
    /// What it said when it was ready: addresses, accounts, keys.
    package let ready: Ready
    private let control: String
    private let peer: ProcessPeer
    private let client: HTTPClient
    private let directory: TemporaryDirectory

    private struct Control: Decodable {
        var control: String
    }

    init(program: String, options: [String]) throws {
        guard FileManager.default.fileExists(atPath: CloudPeers.python) else {
            throw ProgramFailure(description: CloudPeers.missing)
        }
        directory = try TemporaryDirectory()
        let word = "{\"ready\": true"
        peer = try ProcessPeer(
            CloudPeers.python, [CloudPeers.programs + program, "--directory", directory.path] + options,
            directory: directory.path, ready: word)
        let line = try peer.wait(for: word).split(separator: "\n").last { $0.hasPrefix(word) }
        let data = Data((line ?? "").utf8)
        ready = try JSONDecoder().decode(Ready.self, from: data)
        control = try JSONDecoder().decode(Control.self, from: data).control
        client = try HTTPClient(trust: .systemStore, allowsPlain: true)
    }

    /// Ends it; everything that it said.
    @discardableResult
    package func end() throws -> String { try peer.end() }

    /// Orders a fault for the next `times` calls of an operation, all operations when none is named; 0: until the reset.
    ///
    /// An operation is named as the cloud's description names it: `CreateThing`, `PUT /enrollments/{id}`.
    package func order(_ fault: PeerFault, on operation: String = "*", times: Int = 1) throws {
        try send(
            "POST", "/faults", PeerFault.Order(operation: operation, fault: fault.text, times: times))
    }

    /// Ends all faults; what it holds and has been asked stays.
    package func mend() throws { try send("DELETE", "/faults") }

    private struct Limit: Encodable {
        var operation: String
        var count: Int
        var seconds: Double
    }

    /// From now on no more than `count` calls of the operation are let through in any `seconds`.
    package func limit(_ operation: String = "*", to count: Int, inSeconds seconds: Double) throws {
        try send("POST", "/limits", Limit(operation: operation, count: count, seconds: seconds))
    }

    /// Everything that was asked since the last reset, oldest first, without secrets.
    package func requests() throws -> [PeerRequest] {
        let body = try JSONSerialization.jsonObject(with: Data(try send("GET", "/requests")))
        let entries = (body as? [String: Any])?["requests"] as? [[String: Any]] ?? []
        return try entries.map(PeerRequest.init)
    }

    /// Takes away all state, faults, limits and records. Keys and addresses stay.
    package func reset() throws { try send("POST", "/reset") }

    /// A call of the control interface; the JSON that it answers.
    @discardableResult
    package func send(_ method: String, _ path: String, _ body: (any Encodable)? = nil) throws -> [UInt8] {
        let bytes = try body.map { try [UInt8](JSONEncoder().encode($0)) } ?? []
        let call = HTTPCall(method: method, url: control + path, body: bytes)
        let reply = try client.sendAndWait(call)
        guard reply.status == 200 else {
            let said = String(decoding: reply.body, as: UTF8.self)
            throw ProgramFailure(description: "the peer refuses \(method) \(path): \(said)")
        }
        return reply.body
    }
}
