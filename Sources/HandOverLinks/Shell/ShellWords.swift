package import HandOver
package import Processes

/// What `ssh` said on its standard error, read as to what it means. The device may have said some of it.
package struct ShellWords: Equatable, Sendable {
    private let lines: [String]

    package init(_ bytes: [UInt8]) {
        lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
    }

    /// The host key that the other side has proven, as `ssh-keygen -l` writes it: the first that is named, before
    /// the device can say anything.
    package var hostKey: String? {
        let mark = "debug1: Server host key: "
        guard
            let words = lines.first(where: { $0.hasPrefix(mark) })?.dropFirst(mark.count).split(
                separator: " "),
            words.count >= 2, words[1].hasPrefix("SHA256:"),
            words[1].dropFirst(7).utf8.allSatisfy({ "+/=".utf8.contains($0) || NetworkHost.isOfName($0) })
        else { return nil }
        return "host key \(words[1])"
    }

    /// Whether the login had worked.
    package var isLoggedIn: Bool {
        lines.contains { $0.hasPrefix("Authenticated to ") || $0.contains("Authentication succeeded") }
    }

    /// What it means that `ssh` ended so.
    package func meaning(of status: ExitStatus?, link: String) -> HandOverError {
        guard !isLoggedIn else { return ending(status, link) }
        if has("REMOTE HOST IDENTIFICATION HAS CHANGED") {
            return .peerNotTrusted(link: link, reason: "its host key is another than the one on file")
        }
        if has("host key is known for") {
            return .peerNotTrusted(link: link, reason: "its host key is on no file here (--host-key)")
        }
        if has("Host key verification failed") {
            return .peerNotTrusted(link: link, reason: "its host key was not accepted")
        }
        if has("Permission denied (") {
            return .linkUnusable(
                link: link, reason: "does not let this user log in with a key that is here (--ssh-key)")
        }
        for (phrase, reason) in Self.unreached where has(phrase) {
            return .notReached(link: link, reason: reason)
        }
        return .linkUnusable(link: link, reason: "cannot be used: \(last ?? "ssh said nothing")")
    }

    private static let unreached = [
        ("Connection refused", "the connection was refused"),
        ("Could not resolve hostname", "nobody knows that name"),
        ("timed out", "nobody answered there in time"), ("No route to host", "no way leads there"),
        ("Network is unreachable", "no way leads there"),
        ("Connection closed by", "it closed the connection"),
        ("Connection reset by", "it broke the connection"),
    ]

    /// After the login: the program on the device has ended, or the connection broke.
    private func ending(_ status: ExitStatus?, _ link: String) -> HandOverError {
        switch status {
        case .exited(126)?, .exited(127)?:
            .linkUnusable(
                link: link, reason: "does not have the command that was to answer (--device-command)")
        case .exited(let code)? where code != 0 && code != 255:
            .linkUnusable(link: link, reason: "ended with status \(code): \(last ?? "nothing was said")")
        case .exited?, .signalled?, nil:
            has("subsystem request failed")
                ? .linkUnusable(link: link, reason: "does not offer sftp") : .linkLost(link: link)
        }
    }

    private func has(_ phrase: String) -> Bool {
        lines.contains { !$0.hasPrefix("debug1: ") && $0.contains(phrase) }
    }

    /// The last thing said that is for people, without what could act on a terminal.
    private var last: String? {
        lines.last {
            !$0.hasPrefix("debug1: ") && !$0.hasPrefix("Transferred: ") && !$0.hasPrefix("Bytes per second")
        }
        .map { line in
            String(
                line.unicodeScalars.prefix(160).map { (0x20...0x7E).contains($0.value) ? Character($0) : "?" }
            )
        }
    }
}
