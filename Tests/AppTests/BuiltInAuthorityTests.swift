import Credentials
import Foundation
import Model
import TestSupport
import Testing

/// The registrar's own authority under the real programs: ended at any moment, and with no room left on its disk.
@Suite struct BuiltInAuthorityTests {
    private let home: Home
    private static let devices = 12
    private let address: String

    init() throws {
        home = try Home()
        try home.makeTeamRegistrar()
        // A port that is free, the same for each server after.
        let server = try Server(home, directory: "reg")
        address = "127.0.0.1:\(server.port)"
        try server.stop()
        let paired = try home.shell(
            "muster-registrar pairing jk --directory reg --url https://\(address) --output jk.pairing "
                + "&& muster registrar pair jk.pairing")
        try #require(paired.code == 0, "\(paired.errors)")
        for number in 0..<Self.devices {
            let request = try CertificateRequest.create(
                key: try PrivateKey.generate(.p256), commonName: "SN-\(number)")
            _ = try home.write(request.pem, to: "\(number).csr")
            let saved = try home.muster(
                "commission --serial SN-\(number) --product generic --tenant acme --site oslo-1 "
                    + "--csr \(number).csr --offline")
            try #require(saved.code == 4, "\(saved.output)\(saved.errors)")
        }
    }

    /// Sends while a registrar serves that is started by the line of shell.
    private func sync(_ serve: String) throws -> Finished {
        try home.shell(
            """
            exec 3< <(exec \(serve) muster-registrar serve --directory reg --listen \(address))
            read -u 3 line
            muster sync; code=$?
            kill $! 2>/dev/null; wait $! 2>/dev/null
            exit $code
            """)
    }

    private func certificates() throws -> (issued: Int, revoked: Int) {
        let status = try #require(try home.registrar("status --directory reg --json").objects.first)
        return (
            try #require(status["certificatesIssued"] as? Int),
            try #require(status["certificatesRevoked"] as? Int)
        )
    }

    /// Sends until everything is confirmed.
    private func finish() throws {
        var last = try sync("")
        for _ in 0..<10 where last.code != 0 { last = try sync("") }
        #expect(last.code == 0, "\(last.output)\(last.errors)")
        #expect(try certificates() == (Self.devices, 0))
        #expect(try home.registrar("audit --directory reg").code == 0)
        let open = try home.muster("queue list --json --state all").objects.filter {
            $0["state"] as? String != "applied"
        }
        #expect(open.isEmpty, "\(open)")
    }

    @Test func `killed at any moment, every device has its certificate, and one only`() throws {
        for tenths in 1...8 { _ = try sync("timeout -s KILL 0.\(tenths)") }
        try finish()
    }

    @Test func `with no room left nothing is promised, and with room again nothing is doubled`() throws {
        // As large as its log may grow while this many bytes are left: what goes beyond is a full disk.
        let full = try sync("env bash -c 'trap \"\" XFSZ; ulimit -f 300; exec \"$@\"' bash")
        #expect(full.code != 0, "\(full.output)")
        #expect(try certificates().issued < Self.devices)
        try finish()
    }
}
