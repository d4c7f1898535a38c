package import Model

/// What the registrar takes from the world around it: the time and chance.
package struct RegistrarEnvironment: Sendable {
    /// The wall clock of the registrar's machine.
    package var now: @Sendable () -> Timestamp
    /// That many bytes from a generator fit for keys and tokens.
    package var random: @Sendable (Int) -> [UInt8]
    /// Lets so many milliseconds pass.
    package var pause: @Sendable (Int64) async throws -> Void
    /// The environment of the process; targets may have their credentials there.
    package var variables: [String: String]

    package init(
        now: @escaping @Sendable () -> Timestamp, random: @escaping @Sendable (Int) -> [UInt8],
        pause: @escaping @Sendable (Int64) async throws -> Void = {
            try await Task.sleep(for: .milliseconds($0))
        },
        variables: [String: String] = [:]
    ) {
        self.now = now
        self.random = random
        self.pause = pause
        self.variables = variables
    }
}
