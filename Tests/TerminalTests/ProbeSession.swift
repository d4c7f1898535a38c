import Canvas
import TestSupport
import Testing

/// The probe in a terminal of a type.
func probe(
    _ arguments: String..., type: String = "xterm-256color", size: Size = .usual,
    environment: [String: String] = [:]
) throws -> PTYSession {
    let usual = ["TERM": type, "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"]
    return try PTYSession(
        BuiltProgram.path("terminal-probe"), arguments: arguments,
        environment: usual.merging(environment) { $1 }, size: size)
}

extension PTYSession {
    /// The terminal is as the program found it: modes, screen, cursor, and what was switched on besides.
    func expectRestored(sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(notGivenBack.isEmpty, "\(notGivenBack)", sourceLocation: sourceLocation)
    }
}
