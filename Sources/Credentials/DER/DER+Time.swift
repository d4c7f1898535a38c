import Model

extension DER {
    /// A time of a certificate, in whole seconds. Source: RFC 5280, section 4.1.2.5: UTCTime through 2049.
    ///
    /// - Throws: `failed` for a year that four digits cannot say.
    static func time(_ moment: Timestamp) throws(CredentialsError) -> [UInt8] {
        let seconds = moment.milliseconds / 1000
        let days = (seconds - (seconds % 86_400 + 86_400) % 86_400) / 86_400
        let inDay = seconds - days * 86_400
        let date = CivilDate(daysSinceEpoch: days)
        guard (0...9999).contains(date.year) else {
            throw .failed(step: "Writing a time", reason: "its year must have four digits")
        }
        let isShort = (1950..<2050).contains(date.year)
        var text: [UInt8] = []
        text.reserveCapacity(15)
        if !isShort { appendTwoDigits(date.year / 100, to: &text) }
        for pair in [date.year % 100, date.month, date.day, inDay / 3600, inDay / 60 % 60, inDay % 60] {
            appendTwoDigits(pair, to: &text)
        }
        text.append(UInt8(ascii: "Z"))
        return element(isShort ? Tag.utcTime : Tag.generalizedTime, text)
    }

    private static func appendTwoDigits(_ value: Int64, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "0") + UInt8(value / 10))
        text.append(UInt8(ascii: "0") + UInt8(value % 10))
    }
}
