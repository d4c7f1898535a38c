import Credentials
package import Model
import RegistrarCore
package import RegistrarStore
package import TargetCore
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

    /// The line that settings would give, before anything is kept. Secrets that are not given are those that are kept.
    package func line(
        to id: TargetID, _ settings: TargetSettings, _ secrets: TargetSecrets
    ) async throws(RegistrarError) -> TargetConnection {
        do { return try desk.line(to: id, settings, try await kept(id).merging(secrets)) } catch {
            throw RegistrarError(ofTarget: error)
        }
    }

    private func kept(_ id: TargetID) async throws -> TargetSecrets {
        try SealedTargetSecrets(keys: keys.sealing).open(try await store.target(id)?.secrets, of: id)
    }

    /// What the governor of a target's account allows and has seen.
    package func governor(of line: TargetConnection) async throws(RegistrarError) -> Governor {
        do { return try await desk.governors.governor(of: line.account, line.limits) } catch {
            throw RegistrarError(ofTarget: error)
        }
    }

    /// Sets what an account is allowed in place of its cloud's documents, and goes back to them for the names of `reset`.
    ///
    /// - Throws: `target` where a name is none of the account's limits.
    package func setLimits(
        of line: TargetConnection, _ own: [OwnLimit], reset: [String]
    ) async throws(RegistrarError) {
        let known = Set(line.limits.map(\.name))
        if let name = (own.map(\.name) + reset).first(where: { !known.contains($0) }) {
            throw .target(
                Explanation(
                    id: "limit_unknown", what: "Nothing was set: \(line.account) has no limit \(name).",
                    nextStep: "`target limits \(line.target.targetID)` names those that there are."))
        }
        do {
            try await store.setLimits(
                of: line.account, own, reset: reset, at: line.target.targetID,
                by: Self.localAdministrator.operatorID, at: environment.now())
        } catch { throw .store(error) }
    }

    package func devicesAtTargets() async throws(RegistrarError) -> [TargetID: Int] {
        do { return try await store.devicesAtTargets() } catch { throw .store(error) }
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

    /// Adds a target, or changes one. Its secrets are sealed before they are kept; those that are not given anew stay.
    package func put(
        _ id: TargetID, _ settings: TargetSettings, _ secrets: TargetSecrets, replacing: Bool
    ) async throws(RegistrarError) {
        do {
            let all = try await kept(id).merging(secrets)
            let stored = StoredTarget(
                summary: try desk.line(to: id, settings, all).summary,
                settings: try CanonicalJSON.text(settings),
                secrets: try SealedTargetSecrets(keys: keys.sealing).seal(all, of: id))
            try await store.put(
                stored, replacing: replacing, by: Self.localAdministrator.operatorID, at: environment.now())
            // Under a policy of never nothing is taken for down.
            if settings.downAfterSeconds == 0 {
                try await store.endOutage(
                    of: id, by: Self.localAdministrator.operatorID, at: environment.now())
            }
        } catch { throw RegistrarError(ofTarget: error) }
    }

    package func removeTarget(_ id: TargetID) async throws(RegistrarError) {
        do {
            try await store.removeTarget(
                id, by: Self.localAdministrator.operatorID, at: environment.now())
        } catch { throw .store(error) }
    }

    package func placementRules() async throws(RegistrarError) -> PlacementRules? {
        do { return try await store.placementRules() } catch { throw .store(error) }
    }

    /// Sets which device goes to which target. `nil` leaves all with the registrar's own authority.
    ///
    /// - Returns: what is wrong with the rules; where anything would be refused, nothing was set.
    package func setPlacementRules(_ rules: PlacementRules?) async throws(RegistrarError) -> [TargetFinding] {
        do {
            let known = Set(try await store.targets().map(\.summary.targetID)).union([.builtIn])
            let findings = rules?.findings(known: known) ?? []
            guard !findings.contains(where: { $0.weight == .refused }) else { return findings }
            try await store.set(
                .placement, to: try rules.map { try CanonicalJSON.text($0) },
                saying: rules?.policy.rawValue ?? "none", by: Self.localAdministrator.operatorID,
                at: environment.now())
            return findings
        } catch { throw RegistrarError(ofTarget: error) }
    }

    /// The journal of targets, newest first.
    package func targetEntries(
        open: Bool, device: DeviceID? = nil
    ) async throws(RegistrarError) -> [TargetEntry] {
        do { return try await store.targetEntries(open: open, device: device) } catch { throw .store(error) }
    }

    /// The devices that somebody who runs the registrar may mean: by the registrar's id, a whole identifier or a serial.
    package func devices(called text: String) async throws(RegistrarError) -> [DeviceID] {
        do { return try await store.devices(called: text) } catch { throw .store(error) }
    }

    /// Says that a device is proven where it belongs now, by the word of whoever runs the registrar: old places and old
    /// certificates are taken away.
    package func settle(_ device: DeviceID) async throws(RegistrarError) -> Settlement {
        do {
            return try await store.settle(
                device, by: Self.localAdministrator.operatorID, at: environment.now())
        } catch { throw .store(error) }
    }
}
