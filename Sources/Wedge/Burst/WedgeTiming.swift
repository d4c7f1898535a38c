/// By which pace a scanner is told from a person. All times are milliseconds.
///
/// The usual defaults of web pages that listen for scanners, with room for the jitter of Bluetooth.
package struct WedgeTiming: Equatable, Sendable {
    /// Fewest characters, the terminator not counted, by which anything is decided.
    package var leastCharacters = 6
    /// Longest mean gap between the characters of a scanner.
    package var meanGap: Int64 = 30
    /// Longest single gap within characters that are not yet known to be a scanner's.
    package var longestGap: Int64 = 60
    /// Silence after which a payload without terminator is complete.
    package var silence: Int64 = 100
    /// How long a CR waits for the LF that may belong to it.
    package var lineFeedWait: Int64 = 40
    /// Shortest gap between the repetitions of a key that is held down.
    package var autoRepeat: Int64 = 15
    /// Fewest keys that a scanner presses, a key that is held down counted once.
    package var leastKeys = 3
    /// Most characters that are gathered before they are given on, so that a stream without end needs no
    /// memory.
    package var limit = 8192

    package init() {}

    package static let standard = WedgeTiming()
}
