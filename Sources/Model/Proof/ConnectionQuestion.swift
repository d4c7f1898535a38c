/// The wish that the registrar ask the device's target whether it has seen the device. What the target says comes back in
/// the receipt, as a proof or as a failure.
package struct ConnectionQuestion: Codable, Equatable, Sendable {
    package var device: DeviceIdentifier
    package var operatorID: OperatorID?

    package init(device: DeviceIdentifier, operatorID: OperatorID? = nil) {
        self.device = device
        self.operatorID = operatorID
    }
}
