internal import CNcurses
internal import Canvas

/// The entry of a terminal type in the terminal database, as far as Muster reads it. Source: terminfo(5),
/// user_caps(5).
struct TerminalType {
    let name: String

    /// Looks the type up, and one like it when there is none: a terminal is often newer than a tablet's
    /// database.
    init(_ wanted: String) throws(TerminalError) {
        // A name goes into a path of the database; a slash or a control character is in no name.
        let isName = wanted.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }
        guard !wanted.isEmpty, wanted != "dumb" else { throw .dumb(type: wanted) }
        guard isName, wanted.utf8.count <= 64 else { throw .unknownType(wanted) }
        var found = cncurses_load(wanted)
        var name = wanted
        if found == CNCURSES_UNKNOWN.bits, let near = Self.near(wanted) {
            (found, name) = (cncurses_load(near), near)
        }
        switch found {
        case CNCURSES_OK.bits: break
        case CNCURSES_NO_DATABASE.bits: throw .noDatabase
        default: throw .unknownType(wanted)
        }
        self.name = name
        guard text("cup") != nil, text("clear") != nil else { throw .dumb(type: wanted) }
    }

    /// A type that Debian's smallest database has and that is understood by terminals of the wanted type.
    private static func near(_ type: String) -> String? {
        if type.hasPrefix("tmux") || type.hasPrefix("screen") { return "screen-256color" }
        let likeXterm = [
            "xterm", "alacritty", "foot", "ghostty", "kitty", "wezterm", "contour", "konsole", "gnome", "vte",
            "rio", "mintty", "putty", "iterm", "nsterm", "st-",
        ]
        return likeXterm.contains { type.hasPrefix($0) } || type == "st" ? "xterm-256color" : nil
    }

    /// A string capability, without padding.
    func text(_ capability: String) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            let length = cncurses_text(capability, buffer.baseAddress, buffer.count)
            guard length > 0 else { return nil }
            return String(decoding: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    /// Xterm and those which follow it: their entries do not say all that they understand.
    private var isLikeXterm: Bool {
        ["xterm", "tmux", "screen", "rxvt"].contains { name.hasPrefix($0) }
    }

    var hasMouse: Bool { text("kmous") != nil && isLikeXterm }
    var tellsPaste: Bool { text("BE") != nil || isLikeXterm }

    /// Where a title goes: before and after it.
    var title: (start: String, end: String)? {
        if cncurses_flag("hs") == 1, let start = text("tsl"), let end = text("fsl") { return (start, end) }
        return name.hasPrefix("xterm") ? ("\u{1B}]2;", "\u{7}") : nil
    }

    /// What is switched on besides what the library does: buttons and drags of the mouse as decimal
    /// reports, the marks around a paste, and the news of losing the keyboard.
    func extras(mouse: Bool) -> (enable: String, disable: String) {
        var modes: [Int] = []
        if mouse, hasMouse { modes += [1000, 1002, 1006] }
        if tellsPaste { modes.append(2004) }
        if isLikeXterm { modes.append(1004) }
        return (
            modes.map { "\u{1B}[?\($0)h" }.joined(), modes.reversed().map { "\u{1B}[?\($0)l" }.joined()
        )
    }

    var keys: KeySequences {
        var found: [[UInt8]: Key] = [:]
        for (capability, key) in KeySequences.capabilities {
            if let sequence = text(capability) { found[Array(sequence.utf8)] = key }
        }
        return KeySequences(found)
    }
}
