/// Why nothing was measured.
enum BenchmarkError: Error, Equatable, CustomStringConvertible {
    case usage
    /// The yardstick could not do the same work.
    case yardstick(String)
    /// A program that was to be timed did not end with 0.
    case programFailed(String)

    case failed(String)

    var description: String {
        switch self {
        case .usage:
            "use: muster-bench store DIRECTORY SLICES COMMITS | start RUNS PROGRAM [ARGUMENT…] "
                + "| principals issue THREADS EACH | principals unlock RUNS"
        case .failed(let reason): reason
        case .yardstick(let reason): "plain SQLite could not write the same rows: \(reason)"
        case .programFailed(let program): "\(program) did not end with 0"
        }
    }
}
