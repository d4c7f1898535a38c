/// Which of Azure's services a call goes to; `CloudCall.plane` holds its name.
package enum AzurePlane: Equatable, Sendable {
    /// Enrollments, and records of registrations.
    case dpsService
    /// Where devices register themselves.
    case dpsDevice
    /// The registry of one hub.
    case iotHub(host: String)

    package static let hubPrefix = "iot-hub/"

    package init?(name: String) {
        switch name {
        case "dps-service": self = .dpsService
        case "dps-device": self = .dpsDevice
        case _ where name.hasPrefix(Self.hubPrefix):
            self = .iotHub(host: String(name.dropFirst(Self.hubPrefix.count)))
        default: return nil
        }
    }

    package var name: String {
        switch self {
        case .dpsService: "dps-service"
        case .dpsDevice: "dps-device"
        case .iotHub(let host): Self.hubPrefix + host
        }
    }
}
