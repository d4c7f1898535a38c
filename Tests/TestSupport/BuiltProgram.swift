import Foundation

/// The programs of the package, as they were built with the tests.
package enum BuiltProgram {
    /// The path of a program: they lie beside the tests.
    package static func path(_ name: String) -> String {
        URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: name).path
    }
}
