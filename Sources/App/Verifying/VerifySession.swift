import CommandTable
import MQTTClient
import Model
import Screens
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
    /// - Throws: `WitnessError` when the device itself could be thrown out, and nobody said that it may be.
    init?(
        of device: StoredDevice, _ principals: VerifyPrincipals, _ invocation: Invocation, freshID: String
    ) throws {
        let bound = device.target?.client
        if bound?.clientID != nil, principals.identity == nil { return nil }
        if let given = invocation.value("client-id") {
            clientID = given
        } else if let own = bound?.clientID {
            guard invocation.has("may-interrupt") || principals.areHereAlone else {
                throw WitnessError.mayInterrupt(
                    device: device.identity.displayName,
                    target: device.target?.target.rawValue ?? "its target")
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
}
