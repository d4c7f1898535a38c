package import Model

/// Decides when a symbol that a camera sees counts as scanned.
///
/// - It is taken when so many frames (two, as a rule), not necessarily one after the other, agree on kind and
///   bytes, each within the window after the one before: single frames are now and then misread.
/// - Taken, it is not taken again while it stays in view. It is armed again when it was out of view for long
///   enough, and in no fewer than two frames: one slow frame is not an absence.
/// - Frames whose reading is disputed count little: four of them are worth one, and the symbol stays disputed.
package struct FrameAgreement: Equatable, Sendable {
    /// Frames that have to agree; 1 for stills, which show a label once.
    package let framesNeeded: Int
    /// How far apart two agreeing frames may be.
    package let windowMilliseconds: Int64
    /// How long a taken symbol must be out of view before it can be taken again.
    package let rearmMilliseconds: Int64

    private struct Key: Hashable {
        var symbology: Symbology
        var bytes: [UInt8]
    }

    private struct Sighting: Equatable {
        /// Frames in which it was read without a doubt, and all of them.
        var sure = 0
        var all = 0
        var isTaken = false
        var lastSeen: Int64 = 0
        var framesMissed = 0
    }

    /// Frames with a disputed reading that are worth one without.
    private static let doubtsOfOne = 4

    /// Frames without it that count as an absence.
    private static let missesOfAbsence = 2
    private var sightings: [Key: Sighting] = [:]

    package init(framesNeeded: Int = 2, windowMilliseconds: Int64 = 2000, rearmMilliseconds: Int64 = 1000) {
        precondition(framesNeeded > 0, "no frame cannot agree")
        self.framesNeeded = framesNeeded
        self.windowMilliseconds = windowMilliseconds
        self.rearmMilliseconds = rearmMilliseconds
    }

    /// Takes note of what one frame shows.
    ///
    /// - Parameters:
    ///   - symbols: all of the frame; one that it shows twice counts once.
    ///   - milliseconds: when the frame was captured; never before the frame before it.
    /// - Returns: the symbols that are hereby scanned, in the order given.
    package mutating func see(_ symbols: [Symbol], at milliseconds: Int64) -> [Symbol] {
        forget(at: milliseconds)
        var taken: [Symbol] = []
        var inFrame: Set<Key> = []
        for symbol in symbols {
            let key = Key(symbology: symbol.symbology, bytes: symbol.bytes)
            guard inFrame.insert(key).inserted else { continue }
            var sighting = sightings[key] ?? Sighting()
            sighting.all = min(doubtfulFramesNeeded, sighting.all + 1)
            if !symbol.isDisputed { sighting.sure = min(framesNeeded, sighting.sure + 1) }
            (sighting.lastSeen, sighting.framesMissed) = (milliseconds, 0)
            let isSure = sighting.sure == framesNeeded
            if !sighting.isTaken, isSure || sighting.all == doubtfulFramesNeeded {
                sighting.isTaken = true
                var scanned = symbol
                scanned.isDisputed = !isSure
                taken.append(scanned)
            }
            sightings[key] = sighting
        }
        for key in sightings.keys where !inFrame.contains(key) { sightings[key]?.framesMissed += 1 }
        return taken
    }

    /// A still shows a label once, so that what it says in doubt is all there is.
    private var doubtfulFramesNeeded: Int { framesNeeded == 1 ? 1 : framesNeeded * Self.doubtsOfOne }

    /// Drops what has been out of view too long, so that memory is bounded by what the last seconds showed.
    private mutating func forget(at milliseconds: Int64) {
        sightings = sightings.filter { _, sighting in
            let absence = milliseconds - sighting.lastSeen
            guard sighting.isTaken else { return absence <= windowMilliseconds }
            return absence < rearmMilliseconds || sighting.framesMissed < Self.missesOfAbsence
        }
    }
}
