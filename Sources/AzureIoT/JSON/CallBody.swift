import Model
import TargetCore

extension CloudCall {
    /// The bytes of a body that this module made.
    static func json(_ body: some Encodable) -> [UInt8] {
        do {
            return try CanonicalJSON.encode(body)
        } catch {
            preconditionFailure("bodies of calls hold nothing that JSON cannot say: \(error)")
        }
    }

    /// Azure answers 415 to a body without this.
    static let jsonContent = Field("Content-Type", "application/json; charset=utf-8")
}

/// Reads JSON that came from outside; `nil` when it is not of that form.
func openJSON<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) -> Value? {
    do {
        return try CanonicalJSON.decode(type, from: bytes)
    } catch {
        return nil
    }
}
