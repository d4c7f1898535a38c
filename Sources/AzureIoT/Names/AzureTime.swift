package import Model

/// Azure's times: seven digits of fraction, sometimes no zone, and the year 1 for "never".
package enum AzureTime {
    /// `nil` for "never" and for what is no time.
    package static func read(_ text: String?) -> Timestamp? {
        guard var text, text.utf8.count >= 19 else { return nil }
        if text.hasSuffix("+00:00") { text.removeLast(6) }
        if !text.hasSuffix("Z") { text += "Z" }
        guard let time = Timestamp(text), time.milliseconds > 0 else { return nil }
        return time
    }
}
