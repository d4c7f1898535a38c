/// Which known word somebody meant.
package enum Spelling {
    /// The nearest of `words` within two edits (insert, delete, change, swap of neighbours); the first of equals.
    package static func nearest(to word: String, among words: [String]) -> String? {
        words.map { (word: $0, distance: distance(Array(word), Array($0))) }
            .filter { $0.distance <= min(2, max(1, word.count - 1)) }
            .min { $0.distance < $1.distance }?.word
    }

    /// Edit distance with transposition of neighbours ("optimal string alignment").
    package static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let change = last[column] + (left[row] == right[column] ? 0 : 1)
                var best = min(last[column + 1] + 1, current[column] + 1, change)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
