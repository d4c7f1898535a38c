import CommandTable
import Model

/// What the command line says of provisioning: where to, and by what the device proves itself there. What does not go
/// together is refused before anything is saved.
struct ProvisionChoice {
    static let target = Command.Option(
        "target", .value("TARGET"),
        "Where to provision it, `built-in` being the registrar's own authority; default what placement says")

    static let options: [Command.Option] = [
        target,
        .init(
            "tpm-identity", .value("FILE"),
            "The device proves itself by its TPM: JSON with endorsementKey and storageRootKey, each a TPM2B_PUBLIC in base64",
            isFile: true),
        .flag(
            "symmetric-key",
            "The target makes a key for it, which comes back sealed; a hand-over brings it to the device, `muster device key` writes it out"
        ),
    ]

    private let invocation: Invocation

    init(_ invocation: Invocation) {
        self.invocation = invocation
    }

    /// The target that is named; `nil` lets placement decide.
    static func target(_ invocation: Invocation) throws -> TargetID? {
        try invocation.value("target").map { try ArgumentText.identifier($0) }
    }

    /// The one way in which the device is to prove itself, of those that the command line can name.
    private var ways: [String] {
        ["csr", "make-key", "tpm-identity", "symmetric-key"].filter {
            invocation.has($0) || invocation.value($0) != nil
        }
    }

    /// A device has one key; a hand-over takes the request from the device itself, one device at a time.
    func check(handsOver: Bool) throws {
        if ways.count > 1 {
            let named = ways.map { "--\($0)" }.joined(separator: " and ")
            throw Self.usage("a device proves itself in one way, and \(named) are two", "Give one of them.")
        }
        guard invocation.value("key-origin") == nil || ways == ["csr"] || ways.isEmpty else {
            throw Self.usage(
                "--key-origin is said of the key of a request", "Leave --key-origin or --\(ways[0]) away.")
        }
        if handsOver,
            invocation.has("lines")
                || ways.first.map({ !["make-key", "symmetric-key"].contains($0) }) ?? false
        {
            throw Self.usage(
                "--hand-over goes with neither --lines nor --\(ways.first ?? "csr")",
                "Leave one of them away.")
        }
        if invocation.has("lines"), ways == ["tpm-identity"] {
            throw Self.usage(
                "each device has a TPM of its own, and --lines takes many", "Leave one of them away.")
        }
    }

    /// A target is where something is provisioned.
    func check(_ request: CommissionRequest) throws {
        guard request.target != nil, request.provision == nil, invocation.value("hand-over") == nil else {
            return
        }
        throw Self.usage(
            "--target says where a device is provisioned, and nothing says by what it proves itself there",
            "Add --csr, --make-key, --tpm-identity, --symmetric-key or --hand-over.")
    }

    private static func usage(_ what: String, _ nextStep: String) -> CommandFailure {
        CommandFailure(.usage, "usage", "Nothing was saved: \(what).", nextStep)
    }
}
