import Credentials
import Model
import Registrar
import RegistrarStore
import TestSupport
import Testing
import Wire

/// What somebody's word that a device is proven brings about: the same as a verification, and no more.
@Suite struct SettleTests {
    private let fixture: RegistrarFixture

    init() async throws {
        fixture = try await RegistrarFixture()
    }

    /// Has a certificate issued; the first time the device is claimed too.
    private func certify(_ serial: String, sequence: Int) async throws -> (
        device: DeviceID, certificate: CertificateSummary
    ) {
        if sequence == 1 {
            _ = try await fixture.submit(try fixture.operation(fixture.claim(serial), of: serial))
        }
        let request = try CertificateRequest.create(key: try PrivateKey.generate(.p256), commonName: serial)
        let body = OperationBody.provision(
            OperationBody.Provision(certificateRequest: Base64.encode(request.der)))
        let receipt = try fixture.receipt(
            try await fixture.submit(try fixture.operation(body, of: serial, sequence: sequence + 1)))
        let chain = try Certificate.chain(pem: try #require(receipt.certificateChain))
        return (receipt.deviceID, try #require(chain.first).summary)
    }

    private func revoked() async throws -> [String] {
        let response = await fixture.registrar.handle(Route.revocationList.request())
        let command = try OpenSSLCommand()
        try command.write(Base64.encode(response.body), to: "list.b64")
        try command.output(of: "base64 -d -A -in …/list.b64 -out …/list.der")
        let text = try command.output(of: "crl -inform DER -in …/list.der -noout -text")
        return text.split(separator: "\n").compactMap { line in
            line.contains("Serial Number:") ? line.split(separator: " ").last.map { $0.lowercased() } : nil
        }
    }

    private func audited(_ action: String) async throws -> [AuditEntry] {
        let page: AuditPage = try await fixture.get(.audit(after: 0), as: "admin")
        return page.entries.filter { $0.action == action }
    }

    @Test func `every certificate but the one on record ends, once, and the audit names them`() async throws {
        let (device, first) = try await certify("SN-1", sequence: 1)
        let (_, second) = try await certify("SN-1", sequence: 2)
        let (_, other) = try await certify("SN-2", sequence: 1)
        let (_, present) = try await certify("SN-1", sequence: 3)
        #expect(try await revoked() == [], "until then all are good")
        let settled = try await fixture.registrar.settle(device)
        #expect(settled.ended.map(\.serialNumber) == [first, second].map(\.serialNumber))
        let list = try await revoked()
        #expect(Set(list) == Set([first, second].map { $0.serialNumber.lowercased() }))
        #expect(!list.contains(present.serialNumber) && !list.contains(other.serialNumber))
        let noted = try #require(try await audited("device_settled").first)
        #expect(noted.subject == device.rawValue && noted.actor?.rawValue == "local")
        #expect(noted.detail["ended"] == "\(first.serialNumber), \(second.serialNumber)")
        let again = try await fixture.registrar.settle(device)
        #expect(again.due == 0 && again.ended.isEmpty)
        #expect(try await revoked().count == 2)
    }

    @Test func `a device with one certificate keeps it, and one that nobody knows is refused`() async throws {
        let (device, _) = try await certify("SN-1", sequence: 1)
        #expect(try await fixture.registrar.settle(device).ended.isEmpty)
        #expect(try await revoked() == [])
        await #expect(throws: RegistrarError.self) {
            try await fixture.registrar.settle(DeviceID(trusted: "d-0000000000"))
        }
        #expect(try await audited("device_settled").count == 1)
    }

    @Test func `a device is meant by its serial, an identifier or the registrar's id`() async throws {
        let (device, _) = try await certify("SN-1", sequence: 1)
        let identifier = DeviceIdentifier.serial("SN-1", of: RegistrarFixture.product)
        for text in ["SN-1", identifier.rawValue, device.rawValue] {
            #expect(try await fixture.registrar.devices(called: text) == [device])
        }
        for text in ["SN", "SN-", "", "%"] {
            #expect(try await fixture.registrar.devices(called: text) == [])
        }
    }

    @Test func `a verification ends the same, and its audit entry names them too`() async throws {
        let (device, first) = try await certify("SN-1", sequence: 1)
        let (_, present) = try await certify("SN-1", sequence: 2)
        let proof = ConnectionProof(
            device: .serial("SN-1", of: RegistrarFixture.product), endpoint: "mqtts://broker.example:8883",
            witness: .musterWithDeviceKey, extent: .authenticated, provenAt: fixture.world.time,
            certificate: present.fingerprint, isCertificateOnRecord: true)
        _ = try fixture.receipt(
            try await fixture.submit(
                try fixture.operation(.verify(.proven(proof)), of: "SN-1", sequence: 4)))
        #expect(try await revoked() == [first.serialNumber.lowercased()])
        let noted = try #require(
            try await audited("operation_applied").last { $0.detail["kind"] == "verify" })
        #expect(noted.detail["ended"] == first.serialNumber)
        #expect(try await fixture.registrar.settle(device).ended.isEmpty)
    }
}
