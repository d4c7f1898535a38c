/// The kinds of target a registrar can provision devices into.
package enum TargetKind: String, Codable, CaseIterable, Sendable {
    /// The registrar's own authority.
    case builtIn = "built-in"
    /// Azure Device Provisioning Service, which assigns devices to hubs.
    case azureDPS = "azure-dps"
    /// The registry of one Azure IoT Hub, where no provisioning service stands before it.
    case iotHub = "iot-hub"
    /// AWS IoT Core, one account and region.
    case aws
}
