import Credentials
package import Model
import RegistrarCore
package import RegistrarStore
import TargetCore
package import Targets

extension Registrar {
    package func targets() async throws(RegistrarError) -> [StoredTarget] {
        do { return try await store.targets() } catch { throw .store(error) }
    }

    /// How a target is set; `nil` when there is none of that name.
    package func settings(of id: TargetID) async throws(RegistrarError) -> TargetSettings? {
        do {
            guard let stored = try await store.target(id) else { return nil }
            return try CanonicalJSON.decode(TargetSettings.self, from: Array(stored.settings.utf8))
        } catch { throw RegistrarError(ofTarget: error) }
    }

    /// The line that settings would give, before anything is kept.
    package func line(
        to id: TargetID, _ settings: TargetSettings, _ secrets: TargetSecrets
    ) throws(RegistrarError) -> TargetConnection {
        do { return try TargetConnection(id, settings, secrets: secrets) } catch {
            throw RegistrarError(ofTarget: error)
        }
    }

    /// The line to a target that is kept.
    package func line(to id: TargetID) async throws(RegistrarError) -> TargetConnection {
        do {
            guard let stored = try await store.target(id) else {
                throw RegistrarStoreError.refused(
                    Problem(.targetUnknown, detail: "There is no target \(id)."))
            }
            return try desk.line(to: stored, opening: SealedTargetSecrets(keys: keys.sealing))
        } catch { throw RegistrarError(ofTarget: error) }
    }

    /// Adds a target, or changes one. Its secrets are sealed before they are kept; without new ones the kept ones stay.
    package func put(
        _ id: TargetID, _ settings: TargetSettings, _ secrets: TargetSecrets, replacing: Bool
    ) async throws(RegistrarError) {
        do {
            let sealing = SealedTargetSecrets(keys: keys.sealing)
            let kept = replacing && secrets.isEmpty ? try await store.target(id)?.secrets : nil
            let line = try TargetConnection(
                id, settings, secrets: secrets.isEmpty ? try sealing.open(kept, of: id) : secrets)
            let stored = StoredTarget(
                summary: line.summary, settings: try CanonicalJSON.text(settings),
                secrets: try kept ?? sealing.seal(secrets, of: id))
            try await store.put(
                stored, replacing: replacing, by: Self.localAdministrator.operatorID, at: environment.now())
        } catch { throw RegistrarError(ofTarget: error) }
    }

    package func removeTarget(_ id: TargetID) async throws(RegistrarError) {
        do {
            try await store.removeTarget(
                id, by: Self.localAdministrator.operatorID, at: environment.now())
        } catch { throw .store(error) }
    }

    /// The journal of targets, newest first.
    package func targetEntries(
        open: Bool, device: DeviceID? = nil
    ) async throws(RegistrarError) -> [TargetEntry] {
        do { return try await store.targetEntries(open: open, device: device) } catch { throw .store(error) }
    }

    /// Says that a device is proven where it belongs now, by the word of whoever runs the registrar: old places and old
    /// certificates are taken away.
    ///
    /// - Returns: how much was held for that.
    package func settle(_ device: DeviceID) async throws(RegistrarError) -> Int {
        do { return try await store.releaseHeldTasks(of: device, at: environment.now()) } catch {
            throw .store(error)
        }
    }
}
