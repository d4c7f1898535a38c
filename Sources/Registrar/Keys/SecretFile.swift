package import Credentials
package import Processes

/// A secret in a file, read into protected memory and nowhere else.
package enum SecretFile {
    package enum Failure: Error, Equatable, Sendable {
        /// Others than its owner may read it.
        case open(path: String)
        case system(SystemError)
        case memory(CredentialsError)
    }

    /// Longer ones are refused.
    package static let limitBytes = 4096

    /// The bytes without the line's end.
    package static func read(_ path: String) throws(Failure) -> SecretBytes {
        var failure: SystemError?
        let mode: Result<Int32?, SystemError> = Result { () throws(SystemError) in
            try Files.status(path)?.mode
        }
        switch mode {
        case .failure(let error): throw .system(error)
        case .success(let mode):
            if let mode, mode & 0o077 != 0, !path.hasPrefix("/dev/") { throw .open(path: path) }
        }
        do throws(CredentialsError) {
            let read = try SecretBytes.filled(upTo: limitBytes + 1) { room in
                do throws(SystemError) {
                    var count = try Files.read(path, into: room)
                    while count > 0, room[count - 1] == 0x0A || room[count - 1] == 0x0D { count -= 1 }
                    return count
                } catch {
                    failure = error
                    return nil
                }
            }
            if let read { return read }
        } catch { throw .memory(error) }
        throw .system(failure ?? .missing(path: path))
    }
}
