import Foundation

/// The real `muster-decode`, built beside the tests.
enum Worker {
    static var path: String {
        let tests = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        return tests.deletingLastPathComponent().appending(path: "muster-decode").path
    }
}
