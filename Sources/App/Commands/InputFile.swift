import CommandTable
import Model
import Processes

/// Files that a command reads, with limits; `-` is standard input.
enum InputFile {
    /// 64 MiB: far above any list or picture that makes sense in one command.
    static let limitBytes = 64 << 20

    static func bytes(_ path: String, limit: Int = limitBytes) throws -> [UInt8] {
        do {
            return try Files.read(path == "-" ? "/dev/stdin" : path, limit: limit)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// The lines of a UTF-8 text file; CR LF and LF both end a line.
    static func lines(_ path: String) throws -> [String] {
        guard let text = String(validating: try bytes(path), as: UTF8.self) else {
            throw CommandFailure(
                .badInput, "text_not_utf8", "`\(path)` is not UTF-8 text.",
                "Save it as UTF-8 and run the command again.")
        }
        return text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map(String.init)
    }
}
