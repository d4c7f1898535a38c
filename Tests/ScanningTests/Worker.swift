import Foundation
import Scanning

/// The real `muster-decode`, and the evil one, built beside the tests.
enum Worker {
    static var path: String { program("muster-decode") }
    static var evil: String { program("evil-worker") }

    static func scanner() -> Scanning.Scanner { Scanning.Scanner(worker: path, timeout: .seconds(60)) }

    /// A scanner whose worker does a deed of `evil-worker` instead.
    static func evilScanner(_ arguments: String..., timeout: Duration = .seconds(60)) -> Scanning.Scanner {
        Scanning.Scanner(worker: evil, arguments: arguments, timeout: timeout)
    }

    private static func program(_ name: String) -> String {
        let tests = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        return tests.deletingLastPathComponent().appending(path: name).path
    }
}
