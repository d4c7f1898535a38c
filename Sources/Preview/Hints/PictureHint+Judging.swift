package import Model

extension PictureHint {
    /// Thresholds, on a scale of brightness from 0 to 255.
    private enum Limit {
        /// Paper that is no brighter gives noise instead of edges.
        static let darkPaper = 70
        /// When nine of ten pixels are brighter, print is washed out too.
        static let brightPrint = 225
        /// Between the darkest and the brightest twentieth; printed labels have 80 and more.
        static let leastContrast = 45
        /// Wholly burnt-out blocks in percent of all: more than a lamp in the corner.
        static let glarePercent = 3
        /// The sharpest eighth of the blocks with structure climbs at least so much of its range in two
        /// pixels.
        static let sharpPercent = 40
        /// Fewer blocks with structure say nothing about sharpness.
        static let blocksToJudge = 6
        /// Blocks with structure in percent of all, below which little is in view; a label that fills the
        /// view has 35 and more, one at a sixth of that size 4.
        static let emptyViewPercent = 10
        /// Blocks with print or symbol in percent of all, below which a label is small among other things.
        static let smallLabelPercent = 2
        /// Pixels a module: ZBar needs 2.5 for a QR code, and a hand is not still.
        static let leastModulePixels = 3
    }

    /// What is to be said about a frame in which these symbols were read; in the order of importance.
    ///
    /// A frame in which something was read is good enough: then only `tooFar` is said, when a symbol is so
    /// small that the next frame may fail. Of a view without any detail, such as a wall, the light alone is
    /// judged.
    package static func hints(frame: GrayFrame, symbols: [Symbol]) -> [PictureHint] {
        guard symbols.isEmpty else {
            return symbols.contains { $0.isSmall(below: Limit.leastModulePixels) } ? [.tooFar] : []
        }
        let measures = PictureMeasures(frame)
        if measures.percentile95 < Limit.darkPaper { return [.tooDark] }
        if measures.percentile10 > Limit.brightPrint { return [.tooBright] }
        var hints: [PictureHint] = []
        if measures.burntBlocks * 100 > PictureMeasures.blockCount * Limit.glarePercent {
            hints.append(.glare)
        }
        if measures.steepness.count < Limit.blocksToJudge {
            if measures.percentile95 - measures.percentile5 < Limit.leastContrast {
                hints.append(.lowContrast)
            }
            return hints
        }
        let sharpest = measures.steepness[measures.steepness.count * 7 / 8]
        if sharpest < Limit.sharpPercent {
            hints.append(.blurred)
        } else if measures.steepness.count * 100 < PictureMeasures.blockCount * Limit.emptyViewPercent
            || measures.busyBlocks * 100 < PictureMeasures.blockCount * Limit.smallLabelPercent
        {
            hints.append(.tooFar)
        }
        return hints
    }
}

extension Symbol {
    /// Whether its modules are narrower than so many pixels, as far as its size and content tell.
    fileprivate func isSmall(below pixels: Int) -> Bool {
        guard let modules = leastModules, let side = longestSide else { return false }
        return side < modules * pixels
    }

    /// The number of modules along the long side that this many bytes need at least: a lower bound from the
    /// capacities of the symbologies; `nil` where the size says nothing.
    private var leastModules: Int? {
        switch symbology {
        case .qr:
            // ISO/IEC 18004: version v has 17 + 4v modules; capacity in alphanumeric mode at level L.
            [25, 47, 77, 114, 154, 195, 224, 279, 335, 395].firstIndex { bytes.count <= $0 }
                .map { 21 + 4 * $0 } ?? 61
        case .datamatrix:
            // ISO/IEC 16022: 10 × 10 holds 6 digits, 12 × 12 ten, and so on.
            [(6, 10), (10, 12), (16, 14), (24, 16), (36, 18), (44, 20), (60, 22), (72, 24), (88, 26)]
                .first { bytes.count <= $0.0 }?.1 ?? 32
        case .code128: 11 * ((bytes.count + 1) / 2) + 35
        case .ean13, .upca: 95
        case .ean8: 67
        case .code39: 16 * (bytes.count + 2)
        case .microqr, .code93, .upce, .itf, .aztec, .pdf417, .codabar, .databar: nil
        }
    }

    private var longestSide: Int? {
        guard points.count >= 2, let left = points.map(\.x).min(), let right = points.map(\.x).max(),
            let top = points.map(\.y).min(), let bottom = points.map(\.y).max()
        else { return nil }
        return max(right - left, bottom - top)
    }
}
