package import Model
import RegistrarCore
package import RegistrarStore
package import TargetCore
package import Targets

extension Registrar {
    /// Keeps what calls have shown of targets, and tells what has changed for placement.
    func keepSightings() async throws {
        let lessons = desk.usedLines.map { line in
            TargetLesson(
                target: line.target.targetID, sightings: line.takeSightings(), clock: line.clock,
                downAfterSeconds: line.downAfterSeconds)
        }.filter { !$0.sightings.isEmpty }
        guard !lessons.isEmpty else { return }
        let changes = try await store.learn(lessons, at: environment.now())
        desk.tell(changes.map { $0.change.explanation(of: $0.target) })
    }

    /// Makes one harmless call to each target that does not answer, where the time for one has come.
    func tryTargets() async throws {
        guard try await store.seenTargets().values.contains(where: { $0.health != TargetHealth() }) else {
            return
        }
        var lines: [TargetID: TargetConnection] = [:]
        for stored in try await store.targets() {
            // A target whose settings cannot be read is none that could be tried.
            guard let line = try? desk.line(to: stored, opening: SealedTargetSecrets(keys: keys.sealing))
            else { continue }
            lines[stored.summary.targetID] = line
        }
        let due = try await store.takeTries(
            lines.mapValues(\.downAfterSeconds), at: environment.now())
        guard !due.isEmpty else { return }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for line in due.compactMap({ lines[$0] }) {
                group.addTask { try await self.tryOnce(line) }
            }
            try await group.waitForAll()
        }
        try await keepSightings()
    }

    private func tryOnce(_ line: TargetConnection) async throws {
        guard let call = line.harmlessCall,
            case .now = try await desk.governors.admit(
                call, for: nil, of: line.account, under: line.limits, as: .bulk)
        else { return }
        // What came of it is among the sightings; what is wrong on this side is said when work is done there.
        do { try await line.tryHarmlessly(at: environment.now()) } catch {}
    }

    /// What has been seen of each target of which there is anything to say.
    package func seenTargets() async throws(RegistrarError) -> [TargetID: TargetSeen] {
        do { return try await store.seenTargets() } catch { throw .store(error) }
    }

    /// Tries everything that the registrar needs at a target with calls that change nothing, and keeps what they have shown.
    package func check(_ id: TargetID) async throws(RegistrarError) -> TargetCheck {
        let line = try await line(to: id)
        do {
            let check: TargetCheck
            do { check = try await line.check(now: environment.now) } catch {
                try await keepSightings()
                throw error
            }
            try await keepSightings()
            return check
        } catch { throw RegistrarError(ofTarget: error) }
    }

    /// What is wrong with the clocks: of this machine, and of every target that has told its own.
    package func clockFindings() async throws(RegistrarError) -> [TargetFinding] {
        let seen = try await seenTargets()
        return try await targets().compactMap { target in
            let id = target.summary.targetID
            return seen[id]?.clock?.finding(
                at: id, tolerableSeconds: TargetSettings.tolerableSkewSeconds(at: target.summary.kind))
        }
    }

    /// Targets that were found to be down and clocks that are off, in sentences.
    func targetWarnings() async throws(RegistrarError) -> [String] {
        let outages = try await seenTargets().compactMapValues(\.health.outage)
        return outages.sorted { $0.key.rawValue < $1.key.rawValue }.map { id, outage in
            TargetHealth.Change.wentDown(outage).explanation(of: id).what.description
        } + (try await clockFindings()).map(\.words)
    }

    /// Marks a target in the rules of placement, by the word of whoever runs the registrar. Up takes back too what the registrar
    /// has found by itself.
    ///
    /// - Returns: whether any rule names the target.
    package func mark(
        _ id: TargetID, as standing: PlacementCandidate.Standing
    ) async throws(RegistrarError) -> Bool {
        do {
            let place = try await store.mark(
                id, as: standing, by: Self.localAdministrator.operatorID, at: environment.now())
            if standing == .up {
                try await store.endOutage(
                    of: id, by: Self.localAdministrator.operatorID, at: environment.now())
            }
            return place
        } catch { throw .store(error) }
    }

    /// What was set of a target, what was found of it, and when; the newest first.
    package func history(of id: TargetID) async throws(RegistrarError) -> [AuditEntry] {
        do { return try await store.history(of: id) } catch { throw .store(error) }
    }
}

extension TargetHealth.Change {
    fileprivate func explanation(of target: TargetID) -> Explanation {
        switch self {
        case .wentDown(let outage):
            Explanation(
                id: "target_down",
                what: "\(target) has not answered since \(outage.since) and is taken for down: "
                    + "\(outage.reason)",
                nextStep:
                    "New devices go to the next by placement. It is tried now and then, and taken up again "
                    + "by itself.")
        case .cameUp(let outage):
            Explanation(
                id: "target_up", what: "\(target) answers again; it was down since \(outage.since).",
                nextStep: "Nothing is to be done: new devices go there again.")
        }
    }
}
