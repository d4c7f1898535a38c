import Model
package import TargetCore

/// What a refusal of Azure's says, in any of the forms that have been seen.
///
/// The provisioning service gives an object with `errorCode`; hubs give `Message`, which holds a name after
/// `ErrorCode:`, or a whole object once more as text; headers name the error too.
package struct AzureErrorBody: Equatable, Sendable {
    /// Status times 1000, plus a detail: `404201`.
    package var number: Int?
    /// A hub's name of it: `DeviceNotFound`.
    package var name: String?
    /// In Azure's words; hostile.
    package var message: String?
    /// For Azure's support.
    package var trackingID: String?

    package init(number: Int? = nil, name: String? = nil, message: String? = nil, trackingID: String? = nil) {
        self.number = number
        self.name = name
        self.message = message
        self.trackingID = trackingID
    }

    package init(reading reply: CloudReply) {
        self.init(text: reply.body)
        if name == nil {
            name = Self.word(reply.header("iothub-errorcode") ?? reply.header("x-ms-error-code") ?? "")
        }
        if number == nil, let header = reply.header("x-ms-error-code") { number = Self.code(header) }
        trackingID = reply.header("x-ms-request-id") ?? trackingID
    }

    /// Reads a body, or a message that holds one.
    package init(text bytes: [UInt8]) {
        self.init()
        guard let body = openJSON(Wire.self, bytes) else { return }
        take(body)
        guard let inner = body.Message else { return }
        if let nested = openJSON(Wire.self, Array(inner.utf8)) { take(nested) }
    }

    private mutating func take(_ body: Wire) {
        if let code = body.errorCode { self.number = Self.plausible(code) }
        if let message = body.message ?? body.Message { self.message = message }
        if let id = body.trackingId { trackingID = id }
        if name == nil, let text = body.Message { name = Self.nameAfterPrefix(text) }
    }

    private static func nameAfterPrefix(_ text: String) -> String? {
        let prefix = "ErrorCode:"
        guard text.hasPrefix(prefix) else { return nil }
        return word(String(text.dropFirst(prefix.count).prefix { $0 != ";" }))
    }

    /// A name of letters; a number in its place is none.
    private static func word(_ text: String) -> String? {
        let isWord = text.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
        return isWord && (1...80).contains(text.utf8.count) ? text : nil
    }

    private static func code(_ text: String) -> Int? { Int(text).flatMap(plausible) }

    private static func plausible(_ number: Int) -> Int? {
        (400_000...599_999).contains(number) ? number : nil
    }

    /// Both forms in one: what is absent is absent.
    private struct Wire: Decodable {
        var errorCode: Int?
        var trackingId: String?
        var message: String?
        // swift-format-ignore: AlwaysUseLowerCamelCase
        var Message: String?

        private enum CodingKeys: String, CodingKey {
            case errorCode, trackingId, message
            // swift-format-ignore: AlwaysUseLowerCamelCase
            case Message
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            errorCode = try? container.decodeIfPresent(Int.self, forKey: .errorCode)
            trackingId = try? container.decodeIfPresent(String.self, forKey: .trackingId)
            message = try? container.decodeIfPresent(String.self, forKey: .message)
            Message = try? container.decodeIfPresent(String.self, forKey: .Message)
        }
    }
}
