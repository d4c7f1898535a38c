package import Model
import RegistrarCore

extension Registrar {
    /// Between two looks at what is due at targets.
    private static let restSeconds = 5
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
            try? await Task.sleep(for: .seconds(Self.restSeconds))
        }
    }
}
