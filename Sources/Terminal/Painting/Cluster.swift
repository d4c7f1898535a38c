internal import CNcurses

/// One to five scalars drawn at one place: a base, and marks that take no cell of their own.
///
/// Terminals and libraries disagree about longer clusters (families of emoji, flags), so those are cut to
/// what all agree about.
struct Cluster: Equatable {
    var scalars: [UInt32]
    var width: Int

    init(_ scalars: [Unicode.Scalar], width: Int = 1) {
        self.scalars = scalars.map(\.value)
        self.width = width
    }

    /// The library's limit (CCHARW_MAX).
    private static let longest = 5
    private static let emojiPresentation: UInt32 = 0xFE0F

    /// Clusters that together take exactly `width` cells, by the library's count.
    static func unicode(_ grapheme: Character, width: Int) -> [Cluster] {
        guard let base = grapheme.unicodeScalars.first, width > 0 else { return [] }
        let own = base.isASCII ? (base.value >= 0x20 && base.value < 0x7F ? 1 : -1) : measured(base)
        guard own == 1 || own == 2, own <= width else {
            return Array(repeating: Cluster(["?"]), count: width)
        }
        var scalars = [base]
        for scalar in grapheme.unicodeScalars.dropFirst() {
            if scalars.count == longest || measured(scalar) != 0 { break }
            // It would widen the base on some terminals only.
            if scalar.value == emojiPresentation || scalar.properties.isJoinControl { break }
            scalars.append(scalar)
        }
        let blanks = Array(repeating: Cluster([" "]), count: width - own)
        return [Cluster(scalars, width: own)] + blanks
    }

    private static func measured(_ scalar: Unicode.Scalar) -> Int { Int(cncurses_width(scalar.value)) }
}
