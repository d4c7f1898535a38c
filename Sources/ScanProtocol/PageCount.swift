/// The pages of a document, or frames of an animation, and what became of them; a picture has one page.
package struct PageCount: Equatable, Sendable {
    /// In the file.
    package var total: Int
    /// From the first on; the rest was left out, being more than one picture may cost.
    package var lookedAt: Int
    /// Those of them that could not be read, in order, from 1.
    package var failed: [Int]

    package init(total: Int = 1, lookedAt: Int = 1, failed: [Int] = []) {
        self.total = total
        self.lookedAt = lookedAt
        self.failed = failed
    }

    /// The pages that nobody looked at; `nil` when there are none.
    package var leftOut: ClosedRange<Int>? {
        lookedAt < total ? lookedAt + 1...total : nil
    }
}
