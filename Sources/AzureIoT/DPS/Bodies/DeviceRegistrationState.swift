package import Model
/// What became of a device's registration. Source: DPS REST API 2021-10-01.
package struct DeviceRegistrationState: Codable, Equatable, Sendable {
    package var registrationId: String?
    package var createdDateTimeUtc: String?
    package var assignedHub: String?
    package var deviceId: String?
    package var status: RegistrationStatus?
    package var substatus: AssignedSubstatus?
    package var errorCode: Int?
    package var errorMessage: String?
    package var lastUpdatedDateTimeUtc: String?
    package var etag: String?
    package var payload: JSONValue?

    package init(registrationId: String?, status: RegistrationStatus?) {
        self.registrationId = registrationId
        self.status = status
    }
}
