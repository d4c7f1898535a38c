extension GrayFrame {
    /// Where this frame lies in a preview of the given size.
    package func fit(width: Int, height: Int) -> PreviewFit {
        PreviewFit(pictureWidth: self.width, pictureHeight: self.height, width: width, height: height)
    }

    /// The whole frame at another size, between black bars where the shapes differ (`PreviewFit`). Each pixel
    /// is the mean of those it covers; enlarged, it repeats the nearest.
    ///
    /// The loops count by hand and touch each pixel once: a preview has to move in an unoptimised build too.
    package func scaled(width: Int, height: Int) -> GrayFrame {
        let fit = fit(width: width, height: height)
        var scaled = [UInt8](repeating: 0, count: width * height)
        let columns = Self.spans(of: self.width, into: fit.shownWidth)
        let rows = Self.spans(of: self.height, into: fit.shownHeight)
        var sums = [Int](repeating: 0, count: fit.shownWidth)
        var row = 0
        while row < fit.shownHeight {
            add(rows: rows[row], columns, to: &sums)
            let rowCount = rows[row].count
            var at = (fit.top + row) * width + fit.left
            var column = 0
            while column < fit.shownWidth {
                scaled[at] = UInt8(truncatingIfNeeded: sums[column] / (columns[column].count * rowCount))
                sums[column] = 0
                column += 1
                at += 1
            }
            row += 1
        }
        return GrayFrame(
            width: width, height: height, pixels: scaled, sequence: sequence,
            capturedAtMilliseconds: capturedAtMilliseconds)
    }

    /// Adds up, for each target column, the pixels of these rows that it covers.
    private func add(rows: Range<Int>, _ columns: [Range<Int>], to sums: inout [Int]) {
        var row = rows.lowerBound
        while row < rows.upperBound {
            let start = row * width
            var column = 0
            while column < columns.count {
                var at = start + columns[column].lowerBound
                let end = start + columns[column].upperBound
                var sum = 0
                while at < end {
                    sum &+= Int(pixels[at])
                    at &+= 1
                }
                sums[column] &+= sum
                column += 1
            }
            row += 1
        }
    }

    /// Which source lines each target line covers: at least one, all of them together the whole.
    private static func spans(of source: Int, into target: Int) -> [Range<Int>] {
        (0..<target).map { index in
            let start = index * source / target
            return start..<max(start + 1, (index + 1) * source / target)
        }
    }
}
