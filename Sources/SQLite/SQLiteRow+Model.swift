package import Model

/// Columns that hold moments and JSON.
extension SQLiteRow {
    package func timestamp(_ column: String) throws(SQLiteError) -> Timestamp {
        Timestamp(milliseconds: Int64(try integer(column)))
    }

    package func optionalTimestamp(_ column: String) throws(SQLiteError) -> Timestamp? {
        try optionalInteger(column).map { Timestamp(milliseconds: Int64($0)) }
    }

    package func json<Value: Decodable>(
        _ column: String, _ type: Value.Type = Value.self
    ) throws(SQLiteError) -> Value {
        let text = try text(column)
        do { return try CanonicalJSON.decode(type, from: Array(text.utf8)) } catch {
            throw .malformedRow(column: column)
        }
    }

    package func optionalJSON<Value: Decodable>(
        _ column: String, _ type: Value.Type = Value.self
    ) throws(SQLiteError) -> Value? {
        if values[column] == .null { return nil }
        return try json(column, type)
    }
}

extension SQLiteValue {
    /// A value as JSON text.
    ///
    /// - Throws: `malformedRow` for what JSON cannot say, which a value made of text and integers is not.
    package static func json(_ value: some Encodable) throws(SQLiteError) -> SQLiteValue {
        do { return .text(try CanonicalJSON.text(value)) } catch { throw .malformedRow(column: "JSON") }
    }

    package static func timestamp(_ value: Timestamp) -> SQLiteValue { .integer(value.milliseconds) }
    package static func optional(_ value: Timestamp?) -> SQLiteValue { .optional(value?.milliseconds) }
}
