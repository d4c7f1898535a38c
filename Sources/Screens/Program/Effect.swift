package import Model
package import Wedge

/// What a screen wants done, as data.
package enum Effect: Equatable, Sendable {
    /// Shows a screen above this one.
    case open(ScreenState)
    /// Shows another screen in the place of this one.
    case replace(ScreenState)
    /// Closes this screen, and tells the one below what was picked.
    case back(Choice?)
    case backHome
    /// A line that says what just happened; goes away with the next key or scan.
    case notice(Notice)
    /// Something went wrong: shown until it is dismissed.
    case explain(Explanation)
    case assign(Assignment)
    case set(Settings)
    /// Listens to the scanner in this way from now on, and keeps it.
    case keepScanner(WedgeSettings)
    /// Remembers how a device of this product is reached.
    case keepWay(ProductID?, HandOverWay)
    case request(Request)
    case ring
    case quit
}

/// A line about what just happened.
package struct Notice: Equatable, Sendable {
    package enum Kind: String, Equatable, Sendable {
        /// A scan was taken and its device is on the disk.
        case success
        case information
        case warning
    }

    package var kind: Kind
    package var text: String

    package init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}
