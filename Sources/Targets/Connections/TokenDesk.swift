import Model
import Processes

/// Has programs print tokens, and keeps what they printed for a while. It works on a thread of its own: a program may take
/// its time.
actor TokenDesk {
    static let limitBytes = 64 << 10
    /// Entra ID tokens live an hour or more; programs that make them keep them fresh themselves.
    private static let freshSeconds: Int64 = 120

    private let variables: [String: String]
    private var kept: [[String]: (token: Redacted<String>, until: Timestamp)] = [:]
    private nonisolated let executor = BlockingExecutor(label: "muster.tokens")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// `variables` are the environment of the programs.
    init(_ variables: [String: String]) {
        self.variables = variables
    }

    /// What a program prints, its blanks taken off; `words` are its file and its arguments.
    func token(of words: [String], at now: Timestamp) throws(TargetError) -> Redacted<String> {
        if let known = kept[words], now < known.until { return known.token }
        guard let program = words.first, program.hasPrefix("/") else {
            throw .token(program: words.first ?? "", reason: "the program must be named by its whole path")
        }
        let run: CapturedRun
        do {
            run = try Child.run(
                program, arguments: Array(words.dropFirst()), environment: variables, timeout: .seconds(30),
                limit: Self.limitBytes)
        } catch { throw .token(program: program, reason: error.explanation.what) }
        guard run.status == .exited(0) else {
            throw .token(program: program, reason: "it ended with \(run.status)")
        }
        let token = Redacted(run.outputText)
        kept[words] = (token, now.advanced(bySeconds: Self.freshSeconds))
        return token
    }
}
