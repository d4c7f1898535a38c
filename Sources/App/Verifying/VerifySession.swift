import CommandTable
import MQTTClient
import Model
import Store

/// How Muster connects by MQTT in a device's place, as far as the device's target binds that.
struct VerifySession {
    var clientID: String
    var userName: String?
    var version: MQTTSettings.Version = .v5
    /// Where a message goes round; `nil`: the device hears nothing that it sends, so that being let in is all there is to see.
    var topic: String?

    /// `nil` when there is nothing to connect with: a target that binds names knows nobody without a key.
    ///
    /// - Throws: `CommandFailure` when the device itself could be thrown out, and nobody said that it may be.
    init?(
        of device: StoredDevice, _ principals: VerifyPrincipals, _ invocation: Invocation, freshID: String
    ) throws {
        let bound = device.target?.client
        if bound?.clientID != nil, principals.identity == nil { return nil }
        if let given = invocation.value("client-id") {
            clientID = given
        } else if let own = bound?.clientID {
            guard invocation.has("may-interrupt") || principals.areHereAlone else {
                throw Self.mayInterrupt(device)
            }
            clientID = own
        } else {
            clientID = freshID
        }
        userName = bound?.userName
        if [.azureDPS, .iotHub].contains(device.target?.kind) { version = .v311 }
        topic = invocation.value("topic") ?? Self.topic(bound, clientID)
    }

    private static func topic(_ bound: DeviceTarget.Client?, _ clientID: String) -> String? {
        guard let bound else { return "muster/verify/\(clientID)" }
        return bound.echoes ? bound.topic : nil
    }

    private static func mayInterrupt(_ device: StoredDevice) -> CommandFailure {
        let name = device.identity.displayName
        return CommandFailure(
            .usage, "device_may_be_connected",
            "Nothing was sent: \(device.target?.target.rawValue ?? "its target") lets \(name) in by its own name alone, and "
                + "throws it out, where it is connected, when somebody else comes by that name.",
            "Ask the target: `muster verify \(name) --by target`. Or add --may-interrupt, if an interruption does no harm now."
        )
    }
}
