package import Canvas
package import Labels
package import Model
package import Wedge

/// One screen: its state, what happens to it, and what it shows. A screen never acts: it answers with effects, and the
/// program performs them.
package protocol Screen: Equatable, Sendable {
    /// What can be done now, in the order of the number row.
    func offers(_ context: Context) -> [Offer]
    /// The text being typed; `nil` on a screen where letters and digits are commands.
    var field: TextField? { get set }
    /// Whether a scanner's characters are wanted as they arrive, and not as the payload they stand for.
    var takesRawScans: Bool { get }
    /// Whether what is typed is a secret, which no terminal shows.
    var takesSecret: Bool { get }
    mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect]
    func view(_ context: Context) -> View
}

extension Screen {
    package var takesRawScans: Bool { false }
    package var takesSecret: Bool { false }

    package var field: TextField? {
        get { nil }
        set {}
    }
}

/// What a screen may know besides its own state.
package struct Context: Sendable {
    package var work: WorkFacts
    package var assignment: Assignment
    package var settings: Settings
    package var network: Network
    /// How the devices of each product were last reached.
    package var ways: KnownWays
    /// How the scanner is listened to.
    package var scanner: WedgeSettings
    package var language: Language
    /// The wall clock, for ages and days.
    package var now: Timestamp
    package var size: Size
    package var reader: LabelReader

    package func say(_ phrase: Phrase, _ arguments: String...) -> String {
        switch arguments.count {
        case 0: language.say(phrase)
        case 1: language.say(phrase, arguments[0])
        case 2: language.say(phrase, arguments[0], arguments[1])
        default: language.say(phrase, arguments[0], arguments[1], arguments[2])
        }
    }
}

/// What happens to a screen.
package enum ScreenEvent: Equatable, Sendable {
    /// It was opened, or what was above it was closed.
    case appeared
    case act(Action)
    case move(Move)
    /// An entry was touched; Enter means the one that is selected.
    case touched(Int)
    /// Enter.
    case entered
    case scanned(Scanned)
    /// What a scanner typed, character by character with its end; only for a screen that `takesRawScans`.
    case rawScan([Unicode.Scalar])
    /// What a screen above was opened for.
    case chose(Choice)
    case answered(Answer)
    /// The store changed, by this program or another.
    case storeChanged
}

/// A payload as it came in, whichever way.
package struct Scanned: Equatable, Sendable {
    package enum Origin: String, Equatable, Sendable {
        case wedge, paste, camera, image, typed
    }

    package var payload: Payload
    package var origin: Origin

    package init(_ payload: Payload, origin: Origin) {
        self.payload = payload
        self.origin = origin
    }

    /// The payload as text, for comparing with positions; `nil` when it is not UTF-8.
    package var text: String? { String(validating: payload.bytes, as: UTF8.self) }
}

/// What a person picked on a screen that was opened for it.
package enum Choice: Equatable, Sendable {
    case tenant(TenantID)
    case site(SiteID?)
    case product(ProductID?)
    case positionRule(PositionRule)
    case file(String)
    /// `nil` takes the first camera.
    case camera(String?)
    /// A camera that is to be typed.
    case otherCamera
    /// Certificates are no longer to be trusted, with what happened.
    case revocation(RevocationReason, text: String?)
    /// The end of the device's name was typed.
    case confirmed(ConfirmScreen.Subject)
    /// How the device is asked.
    case way(HandOverWay)
    /// Text that was asked for: a position, a reason, a note.
    case text(TextPurpose, String)
}

package enum TextPurpose: String, Equatable, Sendable {
    case position, withdrawReason, releaseReason, note, path, pattern, camera
    case link, knownBy, console, service, revokeText
}
