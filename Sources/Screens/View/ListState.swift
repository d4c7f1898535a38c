/// Which entry of a list is chosen.
package struct ListState: Equatable, Sendable {
    package private(set) var selected: Int

    package init(selected: Int = 0) {
        self.selected = selected
    }

    /// Keeps the choice within so many entries; `nil` when there is none.
    package func index(of count: Int) -> Int? {
        count == 0 ? nil : max(0, min(selected, count - 1))
    }

    package mutating func move(_ move: Move, count: Int) {
        guard let now = index(of: count) else { return }
        switch move {
        case .up: selected = max(0, now - 1)
        case .down: selected = min(count - 1, now + 1)
        case .pageUp: selected = max(0, now - 10)
        case .pageDown: selected = min(count - 1, now + 10)
        case .first: selected = 0
        case .last: selected = count - 1
        }
    }

    package mutating func choose(_ index: Int) {
        selected = max(0, index)
    }
}

/// A step through a list or a text.
package enum Move: Equatable, Sendable {
    case up, down, pageUp, pageDown, first, last
}
