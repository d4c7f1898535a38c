/// A serial in the pieces in which people read it out and compare it.
package enum ReadBack {
    /// `47110815` as `4711 08 15`: parts between signs, and letters and digits, stand alone; what is longer
    /// than four is divided into fours, and four at the end, which are compared last, into twos. Signs stay
    /// where they are.
    package static func grouped(_ serial: String) -> String {
        var groups: [String] = []
        for run in runs(serial) { groups += divided(run) }
        var text = ""
        for group in groups {
            let isSign = group.allSatisfy { !$0.isLetter && !$0.isNumber }
            if !text.isEmpty, !isSign, text.last.map({ $0.isLetter || $0.isNumber }) == true { text += " " }
            text += group
        }
        return text
    }

    /// Runs of letters, of digits and of signs; blanks are signs that are left out. Hex stays together:
    /// letters and digits that change more often than every other character are one run.
    private static func runs(_ serial: String) -> [[Character]] {
        var runs: [[Character]] = []
        for part in parts(serial) {
            let kinds = part.map(\.isNumber)
            let changes = zip(kinds, kinds.dropFirst()).count { $0 != $1 }
            guard changes > 0, changes <= 2 else {
                runs.append(part)
                continue
            }
            for (index, character) in part.enumerated() {
                if index > 0, kinds[index] == kinds[index - 1], let last = runs.indices.last {
                    runs[last].append(character)
                } else {
                    runs.append([character])
                }
            }
        }
        return runs
    }

    /// Divided at signs, each of which is a part of its own.
    private static func parts(_ serial: String) -> [[Character]] {
        var parts: [[Character]] = []
        var isOpen = false
        for character in serial {
            let isPart = character.isLetter || character.isNumber
            if isPart, isOpen, let last = parts.indices.last {
                parts[last].append(character)
            } else if !character.isWhitespace {
                parts.append([character])
            }
            isOpen = isPart
        }
        return parts
    }

    private static func divided(_ run: [Character]) -> [String] {
        guard !run.isEmpty else { return [] }
        guard run.count > 4 else { return [String(run)] }
        if run.count % 4 == 1 {
            // No character is left alone.
            return divided(run.dropLast(5)) + [String(run.suffix(5).prefix(3)), String(run.suffix(2))]
        }
        var groups = stride(from: 0, to: run.count, by: 4).map { String(run[$0..<min($0 + 4, run.count)]) }
        if let last = groups.last, last.count == 4 {
            groups.removeLast()
            groups += [String(last.prefix(2)), String(last.suffix(2))]
        }
        return groups
    }
}
