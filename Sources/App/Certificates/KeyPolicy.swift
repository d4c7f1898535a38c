import CommandTable
import Model
import Store

/// How the key of a device may be made, by the catalogue: asked before anything is saved that the registrar would refuse.
struct KeyPolicy {
    /// `nil` when the catalogue does not know the product: the registrar decides alone then.
    let product: Product?

    init(_ companion: Companion, _ registrar: RegistrarProfile, of identity: DeviceIdentity) async throws {
        product = try await companion.store.products(registrar.registrar).product(of: identity).product
    }

    /// States how a key was made that Muster did not make.
    static let option = Command.Option(
        "key-origin", .choice("WAY", [KeyOrigin.device.rawValue, KeyOrigin.tpm.rawValue]),
        "How the key of the device's request was made; default device")

    /// What the command line states of a key that Muster did not make.
    static func stated(_ invocation: Invocation) -> KeyOrigin {
        invocation.value("key-origin").flatMap(KeyOrigin.init) ?? .device
    }

    /// Whether the product says by itself that Muster makes its keys.
    var namesMade: Bool { product?.keyOrigins?.contains(.made) ?? false }

    /// Whether that is even its first choice.
    var prefersMade: Bool { product?.keyOrigins?.first == .made }

    /// - Throws: `CommandFailure` with exit code 65, in the registrar's words, for a key that it would not certify.
    func check(_ origin: KeyOrigin) throws {
        guard let objection = product?.objection(to: origin) else { return }
        throw CommandFailure(
            .badInput, ProblemCode.certificateRequestRefused.rawValue,
            "Nothing was saved. \(objection.what)", objection.nextStep)
    }
}
