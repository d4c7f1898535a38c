import CommandTable
import Model
import Registrar
import Store

/// What the registrar within this program has to do at targets beside what is sent to it: leaving old places, trying again. A
/// registrar that serves does it by itself.
struct EmbeddedTargets: Sendable {
    let companion: Companion

    /// The registrar, where the store works with the one within this program and its keys are open; else `nil`.
    func registrar() async throws -> Registrar? {
        let embedded = EmbeddedRegistrar(companion)
        guard let session = try await companion.store.activeSession(),
            let profile = try await companion.store.registrar(session.registrar), profile.url == nil,
            try Registrar.exists(directory: embedded.directory)
        else { return nil }
        do { return try embedded.open() } catch RegistrarError.keysSealed { return nil }
    }

    /// Does what is due, for so long at most. What goes wrong is told: nothing that was saved or sent depends on it.
    func work(forSeconds seconds: Int64) async {
        do {
            guard let registrar = try await registrar() else { return }
            try await registrar.workAtTargets(
                until: companion.surroundings.now().advanced(bySeconds: seconds))
        } catch { companion.console.report(CommandFailure(error).explanation) }
    }

    /// Does what is due, again and again until the task is cancelled.
    func makeRounds() async {
        while !Task.isCancelled {
            if let registrar = try? await registrar() {
                // What goes wrong is beside the work that waits for it, and in `doctor`.
                await registrar.makeRounds { _ in }
            } else {
                try? await Task.sleep(for: Self.lookEvery)
            }
        }
    }

    /// How often it is looked whether the keys are open by now.
    private static let lookEvery = Duration.seconds(5)
}
