import Model

/// Where a device is provisioned, for people.
enum DeviceTargetRows {
    /// Facts with their names; one that says so when it is with the registrar's own authority alone.
    static func all(_ target: DeviceTarget?) -> [(String, String)] {
        guard let target else { return [("target", "none but the registrar's own authority")] }
        var rows = [
            ("target", "\(target.target) (\(target.kind.rawValue)), \(target.standing.words)"),
            ("name there", target.name), ("place there", target.place ?? "–"), ("because", target.reason),
        ]
        if let endpoint = target.endpoint { rows.append(("connects to", endpoint)) }
        return rows
    }

    /// Where an operation had its device provisioned: `eu, eu-west-1`; empty for one that provisioned nothing outside.
    static func place(_ target: DeviceTarget?) -> String {
        guard let target else { return "" }
        return [target.target.rawValue, target.place].compactMap(\.self).joined(separator: ", ")
    }
}

extension DeviceTarget.Standing {
    fileprivate var words: String {
        switch self {
        case .enabled: "let in"
        case .disabled: "known there and not let in"
        }
    }
}
