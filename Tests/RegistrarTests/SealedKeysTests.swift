import Foundation
import Credentials
import Model
import Registrar
import TestSupport
import Testing
import Wire

/// A registrar's keys where they lie: sealed under a passphrase, or in the clear.
@Suite struct SealedKeysTests {
    private let directory: TemporaryDirectory
    private let world = RegistrarWorld()
    private static let passphrase = SecretBytes.of("correct horse battery staple")

    private var path: String { directory.path + "/registrar" }

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func make(_ passphrase: SecretBytes?) throws {
        try Registrar.make(
            directory: path, name: "R", environment: world.environment, passphrase: passphrase)
    }

    private func open(_ passphrase: SecretBytes?) throws -> Registrar {
        try Registrar(directory: path, environment: world.environment, passphrase: passphrase)
    }

    private func contents() throws -> [String: Data] {
        let folder = URL(filePath: path + "/keys")
        var found: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            found[name] = try Data(contentsOf: folder.appending(path: name))
        }
        return found
    }

    @Test func `sealed keys open with their passphrase only, and no file shows them`() async throws {
        try make(Self.passphrase)
        #expect(try Registrar.areKeysSealed(directory: path))
        let files = try contents()
        #expect(files.count == 7)
        for (name, bytes) in files {
            #expect(bytes.range(of: Data("PRIVATE KEY".utf8)) == nil, "\(name)")
        }
        let registrar = try open(Self.passphrase)
        #expect(await registrar.handle(.init(method: .get, path: "/v1/crl")).status == 200)
        #expect(throws: RegistrarError.keysSealed(directory: path)) { try open(nil) }
        #expect(throws: RegistrarError.passphraseWrong(directory: path)) {
            try open(SecretBytes.of("correct horse battery stapler"))
        }
    }

    @Test func `keys in the clear are sealed later, twice does no harm, and they stay the same`() async throws
    {
        try make(nil)
        #expect(try !Registrar.areKeysSealed(directory: path))
        let before = await (try open(nil)).handle(.init(method: .get, path: "/v1/hello"))
        try Registrar.sealKeys(directory: path, passphrase: Self.passphrase)
        try Registrar.sealKeys(directory: path, passphrase: Self.passphrase)
        #expect(try Registrar.areKeysSealed(directory: path))
        let after = await (try open(Self.passphrase)).handle(.init(method: .get, path: "/v1/hello"))
        #expect(after.body == before.body)
    }

    @Test func `a sealed key cannot take another's place`() throws {
        try make(Self.passphrase)
        let keys = path + "/keys/"
        try FileManager.default.removeItem(atPath: keys + "issuing-key.pem")
        try FileManager.default.copyItem(atPath: keys + "root-key.pem", toPath: keys + "issuing-key.pem")
        #expect(throws: RegistrarError.passphraseWrong(directory: path)) { try open(Self.passphrase) }
    }

    @Test func `the root's key may be kept elsewhere`() throws {
        try make(nil)
        try FileManager.default.removeItem(atPath: path + "/keys/root-key.pem")
        try Registrar.sealKeys(directory: path, passphrase: Self.passphrase)
        #expect(try Registrar.areKeysSealed(directory: path))
        _ = try open(Self.passphrase)
    }

    @Test func `a short passphrase is refused before anything is made`() throws {
        #expect(throws: RegistrarError.passphraseShort) { try make(SecretBytes.of("hunter2")) }
        #expect(try !Registrar.exists(directory: path))
    }
}
