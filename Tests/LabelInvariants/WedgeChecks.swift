import Wedge

/// Keyboard scanners: payloads out of their wrapping, and bursts told from typing.
enum WedgeChecks {
    /// A byte with settings, then what arrives.
    static func check(_ bytes: [UInt8]) throws(Violation) {
        guard let first = bytes.first else { return }
        let rest = Array(bytes.dropFirst())
        let settings = settings(first)
        try checkPayload(String(decoding: rest, as: UTF8.self), settings)
        try checkBursts(rest, settings)
    }

    private static func settings(_ byte: UInt8) -> WedgeSettings {
        let substitutes = [nil] + WedgeSettings.commonSubstitutes.map(Optional.some)
        let layouts = [nil] + KeyboardLayout.allCases.map(Optional.some)
        return WedgeSettings(
            prefix: byte & 0x40 == 0 ? "" : "#", suffix: byte & 0x80 == 0 ? "" : "%%",
            gsSubstitute: substitutes[Int(byte & 0x07)],
            layout: layouts[Int(byte >> 3 & 0x07) % layouts.count])
    }

    private static func checkPayload(_ raw: String, _ settings: WedgeSettings) throws(Violation) {
        let result = WedgePayload.read(raw, settings: settings)
        try require(
            result == WedgePayload.read(raw, settings: settings), "is unwrapped differently the second time")
        guard case .success(let scan) = result else { return }
        try require(!scan.payload.isEmpty, "an empty payload")
        let payload = String(decoding: scan.payload, as: UTF8.self)
        for scalar in payload.unicodeScalars {
            let isSeparator = scalar.value == 0x04 || (0x1C...0x1F).contains(scalar.value)
            try require(
                isSeparator || scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value),
                "U+\(String(scalar.value, radix: 16)) in a payload")
        }
        try require(!"\(scan)".contains(payload) || payload.count < 12, "prints the payload")
        guard scan.aim == nil, payload.first != "]" else { return }
        // Bare, with nothing but an end of line, it is the same payload.
        let bare = WedgePayload.read(payload + "\r", settings: WedgeSettings(layout: settings.layout))
        try require((try? bare.get())?.payload == scan.payload, "the payload alone is another: \(bare)")
    }

    // MARK: Bursts

    /// What came out so far, and how many drafts are shown.
    private struct Account {
        var out: [Unicode.Scalar] = []
        var drafts = 0

        mutating func take(_ outputs: [BurstDetector.Output]) throws(Violation) {
            for output in outputs {
                switch output {
                case .typing: drafts += 1
                case .typed(let scalars):
                    try require(drafts <= scalars.count, "drafts are left over")
                    drafts = 0
                    out += scalars
                case .retracted(let count):
                    try require(count <= drafts, "more is retracted than was drafted")
                    drafts -= count
                case .scanned(let scalars, _):
                    try require(drafts == 0, "drafts of a scan are still shown")
                    out += scalars
                case .dropped(let scalars): out += scalars
                }
            }
        }
    }

    /// Pairs of bytes: a character, or 0xFF for a key that is none, and the milliseconds before it.
    private static func checkBursts(_ bytes: [UInt8], _ settings: WedgeSettings) throws(Violation) {
        var detector = BurstDetector(settings: settings)
        var account = Account()
        var put: [Unicode.Scalar] = []
        var time: Int64 = 1000
        for index in stride(from: 0, to: bytes.count - 1, by: 2) {
            time += Int64(bytes[index + 1])
            if bytes[index] == 0xFF {
                switch detector.key(at: time) {
                case .act(after: let outputs), .ignore(let outputs): try account.take(outputs)
                }
            } else {
                let scalar = Unicode.Scalar(bytes[index])
                put.append(scalar)
                try account.take(detector.text(scalar, at: time))
            }
        }
        for _ in 0..<4 {
            guard let deadline = detector.deadline else { break }
            try account.take(detector.tick(at: deadline))
        }
        try require(detector.deadline == nil, "waits without end")
        try require(account.out == put, "characters were lost, doubled or moved")
        try require(account.drafts == 0, "drafts are left at the end")
    }
}
