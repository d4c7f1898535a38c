/// One value of a row or parameter.
package enum SQLiteValue: Equatable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])

    package static func integer(_ value: Int) -> SQLiteValue { .integer(Int64(value)) }
    package static func optional(_ value: String?) -> SQLiteValue { value.map(SQLiteValue.text) ?? .null }
    package static func optional(_ value: Int?) -> SQLiteValue { value.map(SQLiteValue.integer) ?? .null }
    package static func optional(_ value: Int64?) -> SQLiteValue { value.map(SQLiteValue.integer) ?? .null }
}

/// One row of an answer; columns are read by name, and a column of the wrong kind is an error.
package struct SQLiteRow: Equatable, Sendable {
    package let values: [String: SQLiteValue]

    package func text(_ column: String) throws(SQLiteError) -> String {
        guard case .text(let value) = values[column] else { throw .malformedRow(column: column) }
        return value
    }

    package func optionalText(_ column: String) throws(SQLiteError) -> String? {
        if values[column] == .null { return nil }
        return try text(column)
    }

    package func integer(_ column: String) throws(SQLiteError) -> Int {
        guard case .integer(let value) = values[column], let integer = Int(exactly: value) else {
            throw .malformedRow(column: column)
        }
        return integer
    }

    package func optionalInteger(_ column: String) throws(SQLiteError) -> Int? {
        if values[column] == .null { return nil }
        return try integer(column)
    }

    package func blob(_ column: String) throws(SQLiteError) -> [UInt8] {
        guard case .blob(let value) = values[column] else { throw .malformedRow(column: column) }
        return value
    }

    package func optionalBlob(_ column: String) throws(SQLiteError) -> [UInt8]? {
        if values[column] == .null { return nil }
        return try blob(column)
    }

    /// A text column read by `parse`; text that it does not take is a malformed row.
    package func value<Value>(_ column: String, _ parse: (String) -> Value?) throws(SQLiteError) -> Value {
        guard let value = parse(try text(column)) else { throw .malformedRow(column: column) }
        return value
    }

    /// The same for a column that may be NULL.
    package func optionalValue<Value>(
        _ column: String, _ parse: (String) -> Value?
    ) throws(SQLiteError) -> Value? {
        if values[column] == .null { return nil }
        return try value(column, parse)
    }
}
