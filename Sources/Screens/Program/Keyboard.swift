package import Canvas
package import Wedge

/// Tells typing from scanning, on every screen alike and without any focus.
///
/// A field shows characters at once, as drafts; when they turn out to be a scanner's they are taken back. A character that
/// would be a command waits until it is settled that a person typed it.
package struct Keyboard: Equatable, Sendable {
    /// What was meant, once that is known.
    package enum Intention: Equatable, Sendable {
        /// A draft character for a field.
        case draft(Unicode.Scalar)
        /// The last so many drafts were none.
        case takeBack(Int)
        /// Characters that a person typed; drafts of them were given before.
        case typed([Unicode.Scalar])
        case key(Key)
        /// What a scanner typed or somebody pasted: as it arrived, and the payload that it stands for.
        case scanned([Unicode.Scalar], Result<WedgeScan, WedgeFailure>)
    }

    private var detector: BurstDetector
    private var settings: WedgeSettings
    /// Until when keys that confirm do nothing, so that a scanner's second Return saves nothing.
    private var quietUntil = Int64.min

    /// How long keys that confirm do nothing after a scan.
    package static let quietMilliseconds: Int64 = 300

    package init(settings: WedgeSettings) {
        self.settings = settings
        detector = BurstDetector(settings: settings)
    }

    /// Listens to another scanner; what was going on is forgotten.
    package mutating func listen(with settings: WedgeSettings) {
        self.settings = settings
        detector = BurstDetector(settings: settings)
    }

    /// When `tick` is due if nothing arrives before.
    package var deadline: Int64? { detector.deadline }

    package func isQuiet(at milliseconds: Int64) -> Bool { milliseconds < quietUntil }

    package mutating func text(_ scalar: Unicode.Scalar, at milliseconds: Int64) -> [Intention] {
        intentions(detector.text(scalar, at: milliseconds), at: milliseconds)
    }

    package mutating func key(_ key: Key, at milliseconds: Int64) -> [Intention] {
        switch detector.key(at: milliseconds) {
        case .act(let outputs): intentions(outputs, at: milliseconds) + [.key(key)]
        case .ignore(let outputs): intentions(outputs, at: milliseconds)
        }
    }

    package mutating func tick(at milliseconds: Int64) -> [Intention] {
        intentions(detector.tick(at: milliseconds), at: milliseconds)
    }

    /// A paste says itself that it is one.
    package mutating func paste(_ bytes: [UInt8], at milliseconds: Int64) -> [Intention] {
        let text = String(decoding: bytes, as: UTF8.self)
        let before = tick(at: milliseconds)
        return before + [scanned(Array(text.unicodeScalars), origin: .paste, at: milliseconds)]
    }

    private mutating func intentions(
        _ outputs: [BurstDetector.Output], at milliseconds: Int64
    ) -> [Intention] {
        outputs.compactMap { output in
            switch output {
            case .typing(let scalar): .draft(scalar)
            case .typed(let scalars): .typed(scalars)
            case .retracted(let count): .takeBack(count)
            case .scanned(let raw, _): scanned(raw, origin: .scanner, at: milliseconds)
            case .dropped: nil
            }
        }
    }

    private mutating func scanned(
        _ raw: [Unicode.Scalar], origin: WedgeScan.Origin, at milliseconds: Int64
    ) -> Intention {
        quietUntil = milliseconds + Self.quietMilliseconds
        return .scanned(raw, WedgePayload.read(raw, settings: settings, origin: origin))
    }
}
