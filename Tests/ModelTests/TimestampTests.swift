import Model
import TestSupport
import Testing

@Suite struct TimestampTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
        (1_772_620_920_123, "2026-03-04T10:42:00.123Z"), (-1, "1969-12-31T23:59:59.999Z"),
        (4_294_967_296_000, "2106-02-07T06:28:16.000Z"),
    ])
    func `a moment is written in RFC 3339 and read back`(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).description == text)
        #expect(Timestamp(text)?.milliseconds == milliseconds)
    }

    @Test func `every day of eight centuries comes back as itself`() {
        for day in Int64(-146_097)...146_097 {
            let date = CivilDate(daysSinceEpoch: day)
            #expect(date.daysSinceEpoch == day && CivilDate(date.description) == date)
        }
    }

    @Test(arguments: [
        "", "2026-03-04", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-03-04T24:00:00Z",
        "2026-03-04T10:42:00", "2026-03-04T10:42:00.Z", "2026-03-04T10:42Z", "x026-03-04T10:42:00Z",
        "2026-03-04T10:42:00.123Zjunk", "+026-03-04T10:42:00Z",
    ])
    func `text that is no moment is refused`(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test func `fractions are cut to milliseconds`() {
        #expect(Timestamp("2026-03-04T10:42:00.5Z") == Timestamp("2026-03-04T10:42:00.500999Z"))
    }
}
