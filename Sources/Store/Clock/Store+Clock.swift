package import Model
import SQLite

/// How far this machine's clock is from the registrar's, as measured in one boot.
package struct ClockOffset: Codable, Equatable, Sendable {
    /// Registrar time minus local time.
    package var offsetMilliseconds: Int64
    /// Half the round trip of the measurement.
    package var errorMilliseconds: Int64
    package var measuredAt: Timestamp

    package init(offsetMilliseconds: Int64, errorMilliseconds: Int64, measuredAt: Timestamp) {
        self.offsetMilliseconds = offsetMilliseconds
        self.errorMilliseconds = errorMilliseconds
        self.measuredAt = measuredAt
    }
}

extension Store {
    /// Keeps a measurement when it is the most exact of its boot.
    package func noteClockOffset(_ offset: ClockOffset, bootID: String) throws(StoreError) {
        try change { connection throws(StoreError) in
            try StoreError.wrapping { () throws(SQLiteError) in
                try connection.run(
                    """
                    INSERT INTO clock_offset(boot_id, offset_ms, error_ms, measured_at)
                    VALUES (?1, ?2, ?3, ?4)
                    ON CONFLICT(boot_id) DO UPDATE SET offset_ms = ?2, error_ms = ?3, measured_at = ?4
                    WHERE error_ms > ?3
                    """,
                    .text(bootID), .integer(offset.offsetMilliseconds), .integer(offset.errorMilliseconds),
                    .integer(offset.measuredAt.milliseconds))
            }
        }
    }

    /// The most exact measurement of a boot; `nil` when there was none.
    package func clockOffset(bootID: String) throws(StoreError) -> ClockOffset? {
        try rows(
            "SELECT offset_ms, error_ms, measured_at FROM clock_offset WHERE boot_id = ?", [.text(bootID)]
        ) { row throws(SQLiteError) in
            ClockOffset(
                offsetMilliseconds: Int64(try row.integer("offset_ms")),
                errorMilliseconds: Int64(try row.integer("error_ms")),
                measuredAt: try row.timestamp("measured_at"))
        }.first
    }
}
