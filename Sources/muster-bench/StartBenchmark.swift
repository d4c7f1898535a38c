import Glibc
import Processes

/// How long a program takes from being started to having ended, its output thrown away.
struct StartBenchmark {
    private let runs: Int
    private let program: String
    private let arguments: [String]

    init(_ words: [String]) throws {
        guard words.count >= 2, let runs = Int(words[0]), runs > 0 else { throw BenchmarkError.usage }
        (self.runs, program, arguments) = (runs, words[1], Array(words.dropFirst(2)))
    }

    /// Prints a line a run: microseconds.
    func run() throws {
        let environment = Self.environment(["PATH", "HOME", "LANG", "XDG_STATE_HOME", "TMPDIR"])
        let clock = ContinuousClock()
        for _ in 0..<runs {
            var status = ExitStatus.exited(0)
            let duration = try clock.measure {
                status = try Child(program, arguments: arguments, environment: environment).wait()
            }
            guard status == .exited(0) else { throw BenchmarkError.programFailed(program) }
            print(Int(duration / .microseconds(1)))
        }
    }

    private static func environment(_ names: [String]) -> [String: String] {
        var found: [String: String] = [:]
        for name in names {
            if let value = getenv(name) { found[name] = String(cString: value) }
        }
        return found
    }
}
