import CommandTable
import Credentials
import Model
import Store

/// The store of this tablet or desk, open, with the registrar and the operator it works with.
///
/// Every command that saves, sends or looks up starts from here.
struct Companion: Sendable {
    let context: CommandContext
    let store: Store
    let directory: String
    let vaults: VaultDesk
    /// What sends for the whole program while screens are open; commands send by themselves.
    var background: BackgroundSync?

    var console: Console { context.console }
    var surroundings: Surroundings { context.surroundings }

    /// Opens the store that the command line names, and makes it when there is none.
    static func open(_ context: CommandContext) async throws -> Companion {
        try await open(
            context,
            directory: context.invocation.value("store") ?? context.surroundings.stateDirectory("muster"))
    }

    static func open(_ context: CommandContext, directory: String) async throws -> Companion {
        let surroundings = context.surroundings
        let store = try Store(
            directory: directory, at: surroundings.now(), makeStoreID: surroundings.makeStoreID,
            digest: Digest.sha256)
        return Companion(
            context: context, store: store, directory: directory,
            vaults: VaultDesk(store: store, surroundings: surroundings) { try TPMChoice.tpm(context) })
    }

    /// Who works with which registrar; pairs with the embedded one when nobody has paired yet.
    func session() async throws -> (session: Session, registrar: RegistrarProfile) {
        if try await store.activeSession() == nil { try await EmbeddedRegistrar(self).pair() }
        guard let session = try await store.activeSession(),
            let registrar = try await store.registrar(session.registrar)
        else {
            throw CommandFailure(
                .failed, "not_paired", "No registrar is chosen.",
                "Run `muster registrar use embedded`, or pair one.")
        }
        return (session, registrar)
    }

    /// Now, by every clock there is, with what was last measured against the registrar in this boot.
    func captureTime() async throws -> CaptureTime {
        let offset = try await store.clockOffset(bootID: surroundings.bootID)
        return CaptureTime(
            wall: surroundings.now(), bootID: surroundings.bootID,
            monotonicMilliseconds: surroundings.monotonicMilliseconds(),
            offsetMilliseconds: offset?.offsetMilliseconds, offsetErrorMilliseconds: offset?.errorMilliseconds
        )
    }

    /// The device that a person means: a whole identifier, or the only device that a part of one finds.
    func device(_ text: String) async throws -> StoredDevice {
        let found = try await store.findDevices(text, limit: 5)
        let exact = found.filter { device in
            device.deviceID?.rawValue == text
                || device.identifiers.contains { $0.rawValue == text || $0.value == text }
        }
        let candidates = exact.isEmpty ? found : exact
        guard let device = candidates.first else {
            throw CommandFailure(
                .badInput, "device_unknown", "This store knows no device `\(text)`.",
                "Check the identifier, or run `muster sync` to fetch the newest list.")
        }
        guard candidates.count == 1 else {
            let names = candidates.map { $0.identity.displayName }.joined(separator: ", ")
            throw CommandFailure(
                .badInput, "device_ambiguous", "`\(text)` finds several devices: \(names).",
                "Give the whole identifier of one of them.")
        }
        return device
    }
}

extension Surroundings {
    /// A name for a new store that no other store has.
    func makeStoreID() -> StoreID {
        StoreID(trusted: "s-" + Hexadecimal.encode(randomBytes(10)))
    }
}
