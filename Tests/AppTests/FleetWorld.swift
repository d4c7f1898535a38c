import Credentials
import Foundation
import Model
import TestSupport
import Testing

/// A registrar of one's own, accounts of AWS behind the gate, and a broker for devices.
final class FleetWorld {
    static let role = "arn:aws:iam::111122223333:role/fleet"
    static let hook = "arn:aws:lambda:eu-west-1:111122223333:function:hook"
    let home: Home
    let peer: AWSPeer

    /// With a target `eu` in the first account, `other` in the second.
    init(mqtt: Bool = false) throws {
        home = try Home()
        peer = try AWSPeer(mqtt ? ["--mqtt"] : [])
        try #require(try home.muster("demo --prepare").code == 0)
        for number in 0..<2 {
            let account = peer.ready.accounts[number]
            _ = try home.write(account.accessKeyID, to: "id\(number)")
            _ = try home.write(account.secretAccessKey.unredacted, to: "key\(number)")
            try SecondClient.makePolicy("devices", of: peer, as: account)
        }
        try #require(try home.shell("chmod 600 id0 id1 key0 key1").code == 0)
        try add("eu", account: 0, "--set fleetTemplate=meters")
        try add("other", account: 1)
    }

    func add(
        _ name: String, account number: Int, _ more: String = "", by program: String = "muster registrar"
    )
        throws
    {
        let account = peer.ready.accounts[number]
        try run(
            "\(program) target add \(name) aws --set endpoint.region=\(account.region) "
                + "--set endpoint.controlPlane=\(peer.ready.url) --set accountID=\(account.account) "
                + "--set policy=devices --secret accessKeyID=id\(number) --secret secretAccessKey=key\(number) "
                + more)
    }

    /// A line of shell that must end well; its output.
    @discardableResult
    func run(_ line: String) throws -> String {
        let finished = try home.shell(line)
        try #require(finished.code == 0, "\(line): \(finished.output)\(finished.errors)")
        return finished.output
    }

    /// `fleet …` on the registrar's side.
    func fleet(_ line: String) throws -> Finished { try home.shell("muster registrar fleet \(line)") }

    /// A template `meters` in the first account.
    func putTemplate(_ more: String = "", draft: String = "--attribute serial={SerialNumber}") throws {
        try run("muster registrar fleet template draft --policy devices \(draft) >meters.json")
        try run("muster registrar fleet template put eu meters meters.json --role \(Self.role) \(more)")
    }

    func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    /// A thing as boto3 sees it; `nil` when there is none.
    func thing(_ name: String, account: Int = 0) throws -> [String: Any]? {
        try (try? SecondClient.thing(name, of: peer, as: peer.ready.accounts[account])).map(object)
    }

    /// Standings of the thing's certificates.
    func standings(_ name: String, account: Int = 0) throws -> [String]? {
        (try thing(name, account: account)?["principals"] as? [[String: Any]])?
            .compactMap { $0["status"] as? String }
    }

    /// Makes a key and a request for it; the names of both files.
    @discardableResult
    func request(_ serial: String) throws -> (key: String, csr: String) {
        let key = try PrivateKey.generate(.p256)
        return (
            try home.write(try key.pem.unredacted, to: "\(serial).key"),
            try home.write(
                try CertificateRequest.create(key: key, commonName: serial).pem, to: "\(serial).csr")
        )
    }

    func commission(_ serial: String, _ options: String = "") throws {
        try run("muster commission --serial \(serial) --product dock \(options)")
    }

    /// The registrar's id of a device.
    func id(_ serial: String) throws -> String {
        let shown = try #require(try home.muster("device show --json \(serial)").objects.first)
        return try #require(shown["deviceID"] as? String)
    }

    /// What a registrar's audit log says of fleets: each action and who did it.
    func audited(_ database: String) throws -> String {
        let query = "SELECT action, actor FROM audit WHERE action LIKE 'fleet_%'"
        _ = try home.write(
            "import sqlite3\nfor row in sqlite3.connect(\"\(database)\").execute(\"\(query)\"): print(*row)\n",
            to: "audited.py")
        return try run("python3 audited.py")
    }

    /// How often an operation was carried out.
    func count(_ operation: String) throws -> Int {
        try peer.requests().filter { $0.operation == operation && ($0.status ?? 500) < 300 }.count
    }
}
