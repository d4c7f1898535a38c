internal import Model

/// Weighted rendezvous hashing in whole numbers, so that every machine gives the same.
///
/// Each pair of device and target has a random number of its own, `h`, evenly from 0 to 1; the target with
/// the least `-log2(h) / weight` has the device. Among exponential variables with the weights as rates,
/// each is the least with the probability of its share; and what the others' numbers are does not depend on
/// who else is there.
///
/// Source: Thaler and Ravishankar, 1998 (rendezvous hashing); Schindelhauer and Schomaker, 2005 (the
/// logarithmic method).
enum PlacementHash {
    /// How far a target is from having the device: less is nearer.
    struct Distance: Comparable {
        /// `-log2(h)` with 40 binary digits after the point: at most 65 · 2^40.
        var surprise: UInt64
        var weight: UInt64
        var target: TargetID

        static func < (left: Distance, right: Distance) -> Bool {
            // Whoever has no weight comes last.
            guard (left.weight == 0) == (right.weight == 0) else { return right.weight == 0 }
            // At most 2^47 · 2^20.
            let (mine, theirs) = (
                left.surprise.multipliedFullWidth(by: max(right.weight, 1)),
                right.surprise.multipliedFullWidth(by: max(left.weight, 1))
            )
            if (mine.high, mine.low) != (theirs.high, theirs.low) {
                return (mine.high, mine.low) < (theirs.high, theirs.low)
            }
            return left.target < right.target
        }
    }

    /// The distance of a device by its name, in which capitals and small letters are alike, as they are to
    /// clouds.
    static func distance(
        of device: String, to candidate: PlacementCandidate, digests: CloudDigests
    ) -> Distance {
        let digest = digests.sha256(
            Array(lowerCased(device).utf8) + [0] + Array(candidate.target.rawValue.utf8))
        let number = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Distance(
            surprise: surprise(number), weight: UInt64(candidate.share), target: candidate.target)
    }

    /// `-log2(number / 2^64)` with 40 binary digits after the point; 0 counts as 1.
    ///
    /// Digit by digit: the square of a number from 1 to 2 is 2 or more when the next digit of its logarithm
    /// is 1.
    static func surprise(_ number: UInt64) -> UInt64 {
        let number = max(number, 1)
        let zeros = number.leadingZeroBitCount
        var mantissa = number << UInt64(zeros)
        var digits: UInt64 = 0
        for _ in 0..<fraction {
            let square = mantissa.multipliedFullWidth(by: mantissa)
            digits <<= 1
            if square.high >> 63 == 1 {
                digits |= 1
                mantissa = square.high
            } else {
                mantissa = square.high << 1 | square.low >> 63
            }
        }
        return UInt64(zeros + 1) << fraction - digits
    }

    /// With `A-Z` as `a-z` and every other character as it is.
    static func lowerCased(_ text: String) -> String {
        String(decoding: text.utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }, as: UTF8.self)
    }

    private static let fraction: UInt64 = 40
}
