import CLibFuzzer
import LabelInvariants

/// Feeds one family of labels with what libFuzzer thinks up: `muster-fuzz FAMILY [OPTION OF LIBFUZZER]… [FOLDER]…`.
///
/// `Scripts/fuzz` builds and runs it. A violation ends it, and libFuzzer writes the input to a file.
@main struct Fuzz {
    static func main() {
        let name = CommandLine.argc > 1 ? CommandLine.arguments[1] : ""
        guard let family = LabelFamily(rawValue: name) else {
            print(
                "There is no family '\(name)'. Families:",
                LabelFamily.allCases.map(\.rawValue).joined(separator: " "))
            return
        }
        fed = family
        run(["muster-fuzz", "-max_len=\(family.longestInput)"] + CommandLine.arguments.dropFirst(2))
    }

    /// Set before the first input, and never again: libFuzzer calls from this one thread.
    nonisolated(unsafe) fileprivate static var fed = LabelFamily.reader

    private static func run(_ arguments: [String]) {
        var copies = arguments.map { strdup($0) }
        var count = Int32(copies.count)
        copies.append(nil)
        copies.withUnsafeMutableBufferPointer { buffer in
            var start = buffer.baseAddress
            _ = clibfuzzer_run(&count, &start) { bytes, count in
                Fuzz.feed(Array(UnsafeBufferPointer(start: bytes, count: count)))
                return 0
            }
        }
    }

    private static func feed(_ bytes: [UInt8]) {
        do throws(Violation) {
            try fed.check(bytes)
        } catch {
            fatalError("Violation in \(fed.rawValue): \(error.description)")
        }
    }
}
