import Glibc

// What Scripts/bench runs where something must be timed inside a process. One subcommand a measurement; each
// prints one line of figures a run, and `Scripts/bench` makes medians of them.
let words = Array(CommandLine.arguments.dropFirst())
do {
    switch words.first {
    case "store": try await StoreBenchmark(Array(words.dropFirst())).run()
    case "start": try StartBenchmark(Array(words.dropFirst())).run()
    case "principals": try PrincipalsBenchmark(Array(words.dropFirst())).run()
    default: throw BenchmarkError.usage
    }
} catch {
    let reason = (error as? BenchmarkError)?.description ?? "\(error)"
    let line = Array("muster-bench: \(reason)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
    exit(error as? BenchmarkError == .usage ? 64 : 1)
}
