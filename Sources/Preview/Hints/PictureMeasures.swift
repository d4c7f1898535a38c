/// What is measured of a frame to judge it: brightness, and how its detail is spread.
///
/// The frame is cut into 24 × 16 blocks, and of each block some rows are read.
struct PictureMeasures: Equatable, Sendable {
    static let blockColumns = 24
    static let blockRows = 16
    /// Rows read of each block.
    private static let mostRowsPerBlock = 6
    /// Brightness at which a pixel is burnt out.
    private static let burnt = 250
    /// A block with at least this range of brightness has structure; below it is paper, wall or noise.
    private static let structureRange = 40
    /// A block with so many changes between dark and light along one row holds print or a symbol.
    private static let symbolCrossings = 4

    /// Brightness below which 5, 10, 90 and 95 of 100 read pixels lie.
    private(set) var percentile5 = 0
    private(set) var percentile10 = 0
    private(set) var percentile90 = 0
    private(set) var percentile95 = 0
    /// Blocks that are wholly burnt out.
    private(set) var burntBlocks = 0
    /// Blocks full of changes, as a symbol's are.
    private(set) var busyBlocks = 0
    /// Of each block with structure: its steepest step over two pixels in percent of its range. A sharp edge
    /// gives 50 and more.
    private(set) var steepness: [Int] = []

    static var blockCount: Int { blockColumns * blockRows }

    init(_ frame: GrayFrame) {
        var histogram = [Int](repeating: 0, count: 256)
        for blockRow in 0..<Self.blockRows {
            for blockColumn in 0..<Self.blockColumns {
                let columns = Self.span(blockColumn, of: Self.blockColumns, in: frame.width)
                let rows = Self.span(blockRow, of: Self.blockRows, in: frame.height)
                add(BlockMeasures(frame, columns, rows, &histogram))
            }
        }
        steepness.sort()
        let count = histogram.reduce(0, +)
        percentile5 = Self.value(at: count / 20, in: histogram)
        percentile10 = Self.value(at: count / 10, in: histogram)
        percentile90 = Self.value(at: count - count / 10, in: histogram)
        percentile95 = Self.value(at: count - count / 20, in: histogram)
    }

    private mutating func add(_ block: BlockMeasures) {
        if block.darkest >= Self.burnt { burntBlocks += 1 }
        guard block.range >= Self.structureRange else { return }
        steepness.append(block.steepest * 100 / block.range)
        if block.crossings >= Self.symbolCrossings { busyBlocks += 1 }
    }

    private static func span(_ index: Int, of count: Int, in length: Int) -> Range<Int> {
        index * length / count..<(index + 1) * length / count
    }

    private static func value(at rank: Int, in histogram: [Int]) -> Int {
        var below = 0
        for (value, count) in histogram.enumerated() {
            below += count
            if below > rank { return value }
        }
        return 255
    }

    /// One block: the loops count by hand, as those of `scaled` do.
    private struct BlockMeasures {
        var darkest = 255
        var brightest = 0
        /// The largest difference between two pixels with one between them, in a row.
        var steepest = 0
        /// Of the row with most: how often it goes from below to above the block's middle, or back.
        var crossings = 0

        var range: Int { max(0, brightest - darkest) }

        init(_ frame: GrayFrame, _ columns: Range<Int>, _ rows: Range<Int>, _ histogram: inout [Int]) {
            let step = max(1, rows.count / PictureMeasures.mostRowsPerBlock)
            for row in stride(from: rows.lowerBound, to: rows.upperBound, by: step) {
                read(frame, row * frame.width, columns, &histogram)
            }
            guard range >= PictureMeasures.structureRange else { return }
            for row in stride(from: rows.lowerBound, to: rows.upperBound, by: step) {
                crossings = max(crossings, crossings(of: frame, row * frame.width, columns))
            }
        }

        private mutating func read(
            _ frame: GrayFrame, _ start: Int, _ columns: Range<Int>, _ histogram: inout [Int]
        ) {
            var at = start + columns.lowerBound
            let end = start + columns.upperBound
            var (before, last) = (-1, -1)
            while at < end {
                let value = Int(frame.pixels[at])
                histogram[value] &+= 1
                if value < darkest { darkest = value }
                if value > brightest { brightest = value }
                if before >= 0 {
                    let difference = value > before ? value &- before : before &- value
                    if difference > steepest { steepest = difference }
                }
                before = last
                last = value
                at &+= 1
            }
        }

        private func crossings(of frame: GrayFrame, _ start: Int, _ columns: Range<Int>) -> Int {
            // A quarter of the range on either side of the middle has to be crossed: noise does not count.
            let (low, high) = (darkest + range / 4, brightest - range / 4)
            var (count, side) = (0, 0)
            var at = start + columns.lowerBound
            while at < start + columns.upperBound {
                let value = Int(frame.pixels[at])
                let now = value <= low ? -1 : value >= high ? 1 : side
                if now != side {
                    if side != 0 { count += 1 }
                    side = now
                }
                at &+= 1
            }
            return count
        }
    }
}
