package import Model
import TargetCore

/// Tags and desired properties that a device starts with, with blanks to fill in.
///
/// In texts, `{tenant}`, `{site}`, `{product}`, `{serial}` and `{device}` are filled in. A member whose
/// blank has no value, such as the site of a device without one, is left out.
package struct AzureTwinTemplate: Codable, Equatable, Sendable {
    package var tags: [String: JSONValue]?
    package var desired: [String: JSONValue]?

    package init(tags: [String: JSONValue]? = nil, desired: [String: JSONValue]? = nil) {
        self.tags = tags
        self.desired = desired
    }

    func tags(for device: TargetDevice) -> [String: JSONValue] { Self.fill(tags ?? [:], device) }
    func desired(for device: TargetDevice) -> [String: JSONValue] { Self.fill(desired ?? [:], device) }

    private static func fill(_ members: [String: JSONValue], _ device: TargetDevice) -> [String: JSONValue] {
        members.compactMapValues { fill($0, device) }
    }

    private static func fill(_ value: JSONValue, _ device: TargetDevice) -> JSONValue? {
        switch value {
        case .text(let text): fill(text, device).map(JSONValue.text)
        case .list(let list): .list(list.compactMap { fill($0, device) })
        case .object(let members): .object(fill(members, device))
        case .null, .boolean, .integer, .number: value
        }
    }

    private static func fill(_ text: String, _ device: TargetDevice) -> String? {
        let blanks: [(String, String?)] = [
            ("{tenant}", device.tenant.rawValue), ("{site}", device.site?.rawValue),
            ("{product}", device.product?.rawValue), ("{serial}", device.serial),
            ("{device}", device.deviceID.rawValue),
        ]
        var filled = ""
        var rest = text[...]
        while let first = rest.first {
            if let (blank, value) = blanks.first(where: { rest.hasPrefix($0.0) }) {
                guard let value else { return nil }
                filled += value
                rest = rest.dropFirst(blank.count)
            } else {
                filled.append(first)
                rest = rest.dropFirst()
            }
        }
        return filled
    }
}
