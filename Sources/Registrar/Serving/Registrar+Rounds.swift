package import Model
import RegistrarCore
import RegistrarStore

extension Registrar {
    /// Between two looks at what is due at targets, in milliseconds: what comes meanwhile is looked at by whoever brings it.
    private static let longestRest: Int64 = 5000
    /// What is due and cannot be taken yet is not looked at more often.
    private static let shortestRest: Int64 = 250
    /// One round ends after so long, so that what came meanwhile is seen.
    private static let roundSeconds: Int64 = 60

    /// Does what is due at targets, again and again until the task is cancelled. What goes wrong is said by `report`, and the
    /// next round tries again.
    package func makeRounds(reporting report: @Sendable (Explanation) -> Void) async {
        var last: Explanation?
        while !Task.isCancelled {
            do throws(RegistrarError) {
                try await workAtTargets(until: environment.now().advanced(bySeconds: Self.roundSeconds))
                last = nil
            } catch {
                if error.explanation != last { report(error.explanation) }
                last = error.explanation
            }
            desk.takeNews().forEach(report)
            try? await Task.sleep(for: .milliseconds(await rest))
        }
    }

    /// Until the next piece of work is due: what waits for a limit is to go on as soon as that has room.
    private var rest: Int64 {
        get async {
            guard let due = try? await store.nextTask() else { return Self.longestRest }
            let wait = due.milliseconds - environment.now().milliseconds
            return min(max(wait, Self.shortestRest), Self.longestRest)
        }
    }
}
