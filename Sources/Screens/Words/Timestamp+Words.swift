import Model

extension Timestamp {
    /// The day in UTC.
    var day: String { String(description.prefix(10)) }

    /// To the minute, with the name of the clock, since nobody else tells.
    var minute: String { description.prefix(16).replacing("T", with: " ") + " UTC" }
}
