/// A key that has no character. `.key(.up)` in a pattern means the key alone, without modifiers.
package struct Key: Hashable, Sendable {
    package enum Name: Hashable, Sendable {
        case up, down, left, right, home, end, pageUp, pageDown, insert, delete
        /// Shift and Tab.
        case backTab
        /// 1…12.
        case function(Int)
    }

    /// What was held down with the key, where the terminal tells.
    package struct Modifiers: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let shift = Modifiers(rawValue: 1)
        package static let alt = Modifiers(rawValue: 2)
        package static let control = Modifiers(rawValue: 4)
    }

    package var name: Name
    package var modifiers: Modifiers

    package init(_ name: Name, _ modifiers: Modifiers = []) {
        self.name = name
        self.modifiers = modifiers
    }

    package static let up = Key(.up)
    package static let down = Key(.down)
    package static let left = Key(.left)
    package static let right = Key(.right)
    package static let home = Key(.home)
    package static let end = Key(.end)
    package static let pageUp = Key(.pageUp)
    package static let pageDown = Key(.pageDown)
    package static let insert = Key(.insert)
    package static let delete = Key(.delete)
    package static let backTab = Key(.backTab)
    package static func f(_ number: Int) -> Key { Key(.function(number)) }
}

/// What a mouse or a finger did, and on which cell.
package struct MouseEvent: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        case press, release
        /// Moved with the button held down.
        case drag
        case wheelUp, wheelDown
    }

    package var kind: Kind
    package var point: CellPoint

    package init(_ kind: Kind, at point: CellPoint) {
        self.kind = kind
        self.point = point
    }
}
