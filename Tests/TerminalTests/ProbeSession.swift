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
        #expect(modes == modesBefore, sourceLocation: sourceLocation)
        #expect(!screen.isAlternate, sourceLocation: sourceLocation)
        #expect(screen.isCursorVisible, sourceLocation: sourceLocation)
        #expect(
            screen.modes.isDisjoint(with: [1, 1000, 1002, 1004, 1006, 2004]), sourceLocation: sourceLocation)
        #expect(screen.unknown.isEmpty, "\(screen.unknown)", sourceLocation: sourceLocation)
    }
}
