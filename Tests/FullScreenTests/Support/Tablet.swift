import Canvas
import TestSupport
import Testing

/// A tablet of its own: a home, a store in it, and the real program on that store.
final class Tablet {
    let home: Home
    let store: String

    init(_ variables: [String: String] = [:]) throws {
        home = try Home(variables)
        store = home.directory.file("tablet")
    }

    /// A tablet whose embedded registrar knows the samples and their job.
    static func withSamples(_ variables: [String: String] = [:]) throws -> Tablet {
        let tablet = try Tablet(variables)
        let prepared = try tablet.muster("demo --prepare")
        try #require(prepared.code == 0, "\(prepared.errors)")
        return tablet
    }

    /// A command on the tablet's store.
    func muster(_ line: String) throws -> Finished { try home.muster("\(line) --store \(store)") }

    /// The full screen in a terminal.
    func open(
        _ arguments: String..., program: String = "muster", type: String = "xterm-256color",
        size: Size = .usual, environment: [String: String] = [:]
    ) throws -> PTYSession {
        try PTYSession(
            BuiltProgram.path(program), arguments: ["--store", store] + arguments,
            environment: variables(type, environment), size: size)
    }

    /// The full screen as a job of a shell, with lines of shell before and after it.
    func openInShell(before: String = ":", after: String = ":") throws -> PTYSession {
        let line = "\(before); \(BuiltProgram.path("muster")) --store \(store); \(after)"
        return try PTYSession(
            "/bin/bash", arguments: ["--norc", "-c", line], environment: variables("xterm-256color", [:]))
    }

    private func variables(_ type: String, _ more: [String: String]) -> [String: String] {
        home.variables.merging(["TERM": type]) { $1 }.merging(more) { $1 }
    }

    /// Everything that was saved, as `queue list` has it.
    func operations() throws -> [[String: Any]] {
        let list = try muster("queue list --json --state all --limit 1000")
        try #require(list.code == 0, "\(list.errors)")
        return try list.objects
    }

    /// The devices of which something was saved, each with how many operations.
    func devices() throws -> [String: Int] {
        let lanes = try operations().compactMap { $0["lane"] as? String }
        return Dictionary(lanes.map { (String($0.split(separator: "/").last ?? ""), 1) }, uniquingKeysWith: +)
    }
}
