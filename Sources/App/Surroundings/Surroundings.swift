package import Model
internal import FoundationEssentials
internal import Glibc
internal import Processes

/// Everything a program takes from the world around it: words, variables, clocks, randomness, its own place.
///
/// Nothing below `App` asks for any of these; tests hand in their own.
package struct Surroundings: Sendable {
    package var arguments: [String]
    package var variables: [String: String]
    /// The directory that holds the running program.
    package var programDirectory: String
    package var isTerminal: Bool
    package var now: @Sendable () -> Timestamp
    /// Milliseconds since the kernel started; never set back.
    package var monotonicMilliseconds: @Sendable () -> Int64
    /// Milliseconds since the kernel started that the machine was suspended.
    package var millisecondsAsleep: @Sendable () -> Int64
    package var bootID: String
    package var randomBytes: @Sendable (Int) -> [UInt8]

    /// What the running process has.
    package static func ofThisProcess() -> Surroundings {
        let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return Surroundings(
            arguments: Array(CommandLine.arguments.dropFirst()),
            variables: ProcessInfo.processInfo.environment,
            programDirectory: Files.directory(of: program),
            isTerminal: isatty(1) == 1,
            now: { SystemClock.now() },
            monotonicMilliseconds: { SystemClock.nanosecondsSinceBoot() / 1_000_000 },
            millisecondsAsleep: { SystemClock.nanosecondsAsleep() / 1_000_000 },
            bootID: (try? SystemClock.bootID()) ?? "unknown",
            randomBytes: { SystemClock.randomBytes($0) })
    }

    /// A fresh operation id, now.
    package func makeOperationID() -> OperationID {
        OperationID(milliseconds: now().milliseconds, random: randomBytes(10))
    }
}

extension Surroundings {
    /// `$XDG_STATE_HOME/<program>`, by default under `~/.local/state`. Source: XDG Base Directory Specification 0.8.
    package func stateDirectory(_ program: String) -> String {
        let base = variables["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return (base ?? (variables["HOME"] ?? "/tmp") + "/.local/state") + "/" + program
    }

    /// `$XDG_CONFIG_HOME/<program>`, by default under `~/.config`. Source: as above.
    package func configurationDirectory(_ program: String) -> String {
        let base = variables["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return (base ?? (variables["HOME"] ?? "/tmp") + "/.config") + "/" + program
    }

    /// The directory of samples and documents: beside an installed program in `share/muster`, or above a built one.
    package var assetsDirectory: String? {
        var places = [programDirectory + "/../share/muster"]
        var above = programDirectory
        for _ in 0..<5 {
            places.append(above + "/Assets")
            above = Files.directory(of: above)
        }
        return places.first { ((try? Files.status($0 + "/labels")) ?? nil)?.isDirectory == true }
    }
}

extension Surroundings {
    /// The names of what is in a directory, in order; none when there is no such directory.
    func fileNames(in directory: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []).sorted()
    }

    /// Takes a directory away with everything in it.
    func removeAll(_ directory: String) {
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// The year now, by which labels' dates are understood.
    var year: Int {
        let days = now().milliseconds / 86_400_000
        return Int(CivilDate(daysSinceEpoch: days).year)
    }
}
