import TestSupport
import Testing

/// Keys as a terminal of the xterm family sends them.
enum Keys {
    static let enter = "\r"
    static let escape = "\u{1B}"
    static let interrupt = "\u{03}"
    static let suspend = "\u{1A}"
    static let down = "\u{1B}OB"

    static func f(_ number: Int) -> String {
        let sequences = [
            "OP", "OQ", "OR", "OS", "[15~", "[17~", "[18~", "[19~", "[20~", "[21~", "[23~", "[24~",
        ]
        return "\u{1B}" + sequences[number - 1]
    }
}

extension PTYSession {
    /// How long anything may take, on a machine that does much else.
    private static let patience = 60
    /// How long a registrar that is back may go unnoticed: the longest time between two tries, and as above.
    static let patienceForRetry = 360

    @discardableResult
    func see(_ text: String) throws -> TerminalScreen {
        try waitFor(text: text, seconds: Self.patience)
    }

    @discardableResult
    func see(_ what: String, _ isThere: (TerminalScreen) -> Bool) throws -> TerminalScreen {
        try waitFor(what, seconds: Self.patience, isThere)
    }

    /// Words that a small screen may have broken into several lines.
    func seeWrapped(_ words: String) throws {
        try see(words) { screen in
            screen.lines.joined(separator: " ").split(separator: " ").joined(separator: " ").contains(words)
        }
    }

    func seeGone(_ text: String) throws { try see("screen without “\(text)”") { !$0.contains(text) } }

    /// A row that holds all of the texts.
    func seeRow(_ texts: String..., seconds: Int = patience) throws {
        try waitFor("row with \(texts)", seconds: seconds) { screen in
            screen.lines.contains { line in texts.allSatisfy(line.contains) }
        }
    }

    func end() throws -> End { try waitForEnd(seconds: Self.patience) }

    /// Lets so much time pass: by the pace alone a person is told from a scanner, so it is a part of the input.
    private func pause(_ length: Duration) throws {
        let end = ContinuousClock.now + length
        try see("pause") { _ in ContinuousClock.now >= end }
    }

    /// Presses one key as a person does: some time after whatever came before.
    func press(_ key: String) throws {
        try pause(.milliseconds(450))
        try send(key)
    }

    /// Scans as a wedge scanner does: all at once, with Return at the end, and no key.
    func scan(_ payload: String) throws { try send(payload + "\r") }

    /// Types into a field, looking at each character before the next, and returns the number of keys.
    /// `mask`: what a field shows for each character that it hides.
    @discardableResult
    func type(_ text: String, into label: String, mask: Character? = nil) throws -> Int {
        var typed = ""
        for character in text {
            try pause(.milliseconds(150))
            try send(String(character))
            typed.append(mask ?? character)
            try see("\(label) \(typed)▏")
        }
        return text.count
    }

    /// Pastes, as out of another program; a field has only this then.
    func paste(_ text: String) throws {
        try pause(.milliseconds(450))
        try send("\u{1B}[200~\(text)\u{1B}[201~")
    }

    /// From home to the screen of a device that is known.
    func openDevice(_ serial: String) throws {
        try see("SCAN A DEVICE")
        try press("4")
        try see("Any number")
        try see(serial)
        try press(Keys.enter)
        try see("What was done")
    }

    /// Says yes to a device that was just scanned or typed, until it is saved.
    func save(_ serial: String) throws {
        try see("This is \(serial)")
        try press(Keys.enter)
        try see("Nothing speaks against it")
        try press(Keys.enter)
        try see("\(serial) is on the disk")
    }

    /// Goes through a list to the entry with a name, and takes it.
    func choose(_ name: String) throws {
        try see(name)
        while let chosen = screen.chosenRow, !chosen.contains(name) {
            try press(Keys.down)
            try see("another chosen row") { $0.chosenRow.map { $0 != chosen } ?? false }
        }
        try press(Keys.enter)
    }

    /// The terminal is as the program found it.
    func expectRestored(sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(notGivenBack.isEmpty, "\(notGivenBack)", sourceLocation: sourceLocation)
    }
}

extension TerminalScreen {
    /// The row of a list that is chosen, where exactly one is drawn as such.
    fileprivate var chosenRow: String? {
        let rows = lines.filter { $0.hasPrefix("▸") }
        return rows.count == 1 ? rows[0] : nil
    }
}
