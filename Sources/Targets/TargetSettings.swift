package import Model
package import TargetCore

/// How a target is set, by its kind. It holds no secret.
package enum TargetSettings: Codable, Equatable, Sendable {
    case none
}

extension TargetConnection {
    package init(_ id: TargetID, _ settings: TargetSettings, secrets: TargetSecrets) throws(TargetError) {
        throw .settings(target: id, reason: "it cannot be used yet")
    }

    package var summary: TargetSummary {
        TargetSummary(targetID: target.targetID, kind: target.kind, proofs: [])
    }
}
