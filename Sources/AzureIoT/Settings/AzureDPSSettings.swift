package import TargetCore

/// What an administrator says of a Device Provisioning Service. It holds no secret.
package struct AzureDPSSettings: Equatable, Sendable {
    /// `contoso-dps.azure-devices-provisioning.net`; tokens are made for it.
    package var serviceHost: String
    /// Where devices register; the scope tells services apart.
    package var deviceHost: String
    /// `0ne00…`, as the service's overview shows it.
    package var idScope: String
    package var access: AzureAccess
    package var apiVersions: AzureAPIVersions
    package var enrolment: AzureEnrolment
    package var allocation: AzureAllocation
    package var reprovisioning: AzureReprovisioning?
    /// Devices that run IoT Edge.
    package var isEdge: Bool
    /// Tags and desired properties that a device starts with.
    package var twin: AzureTwinTemplate
    /// Hubs that the registrar may reach itself: to cut connections, and to see devices.
    package var hubs: [AzureHubAccess]
    /// Other addresses than `https://HOST`, for private stacks.
    package var serviceURL: String?
    package var deviceURL: String?
    /// PEM of the roots that devices believe the service and its hubs by, where they are not Microsoft's.
    package var deviceRoots: String?

    /// One name for all of Azure's public cloud.
    package static let publicDeviceHost = "global.azure-devices-provisioning.net"

    package init(
        serviceHost: String, idScope: String, access: AzureAccess, enrolment: AzureEnrolment,
        deviceHost: String = publicDeviceHost, apiVersions: AzureAPIVersions = AzureAPIVersions(),
        allocation: AzureAllocation = AzureAllocation(), reprovisioning: AzureReprovisioning? = nil,
        isEdge: Bool = false, twin: AzureTwinTemplate = AzureTwinTemplate(), hubs: [AzureHubAccess] = [],
        serviceURL: String? = nil, deviceURL: String? = nil, deviceRoots: String? = nil
    ) {
        self.serviceHost = serviceHost
        self.deviceHost = deviceHost
        self.idScope = idScope
        self.access = access
        self.apiVersions = apiVersions
        self.enrolment = enrolment
        self.allocation = allocation
        self.reprovisioning = reprovisioning
        self.isEdge = isEdge
        self.twin = twin
        self.hubs = hubs
        self.serviceURL = serviceURL
        self.deviceURL = deviceURL
        self.deviceRoots = deviceRoots
    }

    /// Where a call goes; `nil` for planes that this service and its hubs are not on.
    package func reach(of call: CloudCall) -> AzureReach? {
        switch AzurePlane(name: call.plane) {
        case .dpsService:
            AzureReach(host: serviceHost, url: serviceURL ?? "https://\(serviceHost)", access: access)
        case .iotHub(let host):
            hub(host).map {
                AzureReach(host: $0.host, url: $0.url ?? "https://\($0.host)", access: $0.access)
            }
        case .dpsDevice, nil: nil
        }
    }

    /// The named hub, if the registrar may reach it.
    package func hub(_ host: String) -> AzureHubAccess? {
        hubs.first { RegistrationID.lowered($0.host) == RegistrationID.lowered(host) }
    }

    /// Where devices register, with their scope.
    package var deviceEndpoint: String { (deviceURL ?? "https://\(deviceHost)") + "/" + idScope }
}

/// The versions of Azure's interfaces that calls name. Source: REST specifications of those versions.
package struct AzureAPIVersions: Codable, Equatable, Sendable {
    package var service: String
    package var device: String
    package var hub: String

    package init(
        service: String = "2021-10-01", device: String = "2021-10-01", hub: String = "2021-04-12"
    ) {
        self.service = service
        self.device = device
        self.hub = hub
    }
}

extension AzureDPSSettings: Codable {
    private enum CodingKeys: String, CodingKey {
        case serviceHost, deviceHost, idScope, access, apiVersions, enrolment, allocation, reprovisioning
        case isEdge, twin, hubs, serviceURL, deviceURL, deviceRoots
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func optional<Value: Decodable>(_ key: CodingKeys, _ type: Value.Type) throws -> Value? {
            try container.decodeIfPresent(type, forKey: key)
        }
        self.init(
            serviceHost: try container.decode(String.self, forKey: .serviceHost),
            idScope: try container.decode(String.self, forKey: .idScope),
            access: try container.decode(AzureAccess.self, forKey: .access),
            enrolment: try container.decode(AzureEnrolment.self, forKey: .enrolment),
            deviceHost: try optional(.deviceHost, String.self) ?? Self.publicDeviceHost,
            apiVersions: try optional(.apiVersions, AzureAPIVersions.self) ?? AzureAPIVersions(),
            allocation: try optional(.allocation, AzureAllocation.self) ?? AzureAllocation(),
            reprovisioning: try optional(.reprovisioning, AzureReprovisioning.self),
            isEdge: try optional(.isEdge, Bool.self) ?? false,
            twin: try optional(.twin, AzureTwinTemplate.self) ?? AzureTwinTemplate(),
            hubs: try optional(.hubs, [AzureHubAccess].self) ?? [],
            serviceURL: try optional(.serviceURL, String.self),
            deviceURL: try optional(.deviceURL, String.self),
            deviceRoots: try optional(.deviceRoots, String.self))
    }
}
