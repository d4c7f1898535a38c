import CommandTable
import Credentials
import Model
import Processes

/// `muster key make`, `muster key request` and `muster key identity`: keys that this machine's TPM holds.
struct KeyCommand {
    let context: CommandContext

    private var invocation: Invocation { context.invocation }

    func run(_ word: String) throws -> ExitCode {
        let tpm = try TPMChoice.tpm(context)
        return switch word {
        case "make": try make(tpm)
        case "identity": try identity(tpm)
        default: try request(tpm)
        }
    }

    private struct Made: Encodable {
        var key: String
        var kind: String
        var publicKeyHash: PayloadHash
        var request: String?
    }

    private func make(_ tpm: TPM) throws -> ExitCode {
        guard let path = invocation.value("tpm") else { throw UsageError.missingValue(option: "tpm") }
        let wanted = try wantedRequest()
        try refuse(existing: path)
        let key = try tpm.makeKey(Self.kinds[invocation.value("kind") ?? "p256"] ?? .p256)
        let made = try wanted.map { try CertificateRequest.create(key: key, commonName: $0.serial) }
        try Files.writeAtomically(Array(try key.pem.unredacted.utf8), to: path)
        return try finish(key, path, made, wanted?.path)
    }

    private func request(_ tpm: TPM) throws -> ExitCode {
        let path = invocation.arguments[0]
        guard let wanted = try wantedRequest() else { throw UsageError.missingValue(option: "csr") }
        let bytes = try InputFile.bytes(path, limit: CertificateRequest.limitBytes)
        let key = try tpm.key(pem: String(decoding: bytes, as: UTF8.self))
        // Whether the TPM can be had at all is told by its own error, not by a signature that failed.
        _ = try tpm.standing()
        let made = try CertificateRequest.create(key: key, commonName: wanted.serial)
        return try finish(key, path, made, wanted.path)
    }

    /// The same line for people and scripts: it is a file for `muster commission`.
    private func identity(_ tpm: TPM) throws -> ExitCode {
        context.console.document(try CanonicalJSON.text(try tpm.identity()) + "\n")
        return .done
    }

    private func finish(
        _ key: PrivateKey, _ path: String, _ request: CertificateRequest?, _ requestPath: String?
    ) throws -> ExitCode {
        if let request, let requestPath {
            try Files.writeAtomically(Array(try request.pem.utf8), to: requestPath, mode: 0o644)
        }
        let kind = key.kind.description
        context.console.print(
            Made(key: path, kind: kind, publicKeyHash: try key.publicKeyHash, request: requestPath))
        context.console.show("key      \(path), \(kind) in the TPM; of use to this machine alone")
        if let requestPath { context.console.show("request  \(requestPath)") }
        return .done
    }

    /// The kinds of key by their names on the command line.
    static let kinds: [String: KeyKind] = ["p256": .p256, "p384": .p384, "rsa2048": .rsa(bits: 2048)]

    private func wantedRequest() throws -> (path: String, serial: String)? {
        guard let path = invocation.value("csr") else {
            guard invocation.value("serial") == nil else { throw UsageError.missingValue(option: "csr") }
            return nil
        }
        guard let serial = invocation.value("serial"), !serial.isEmpty else {
            throw UsageError.missingValue(option: "serial")
        }
        try refuse(existing: path)
        return (path, serial)
    }

    private func refuse(existing path: String) throws {
        guard try Files.status(path) != nil else { return }
        throw CommandFailure(
            .cannotWrite, "file_exists", "Nothing was made: \(path) is there already.",
            "Name another file, or move that one away.")
    }
}
