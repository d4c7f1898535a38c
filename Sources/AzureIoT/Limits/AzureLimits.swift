package import TargetCore

/// Azure's limits as its documents say them. Defaults: an administrator may change the numbers.
///
/// Sources: "Quotas and limits in the Azure IoT Hub Device Provisioning Service" and "IoT Hub quotas and
/// throttling", as of 2024.
package enum AzureLimits {
    private static let dpsSource =
        "Azure documentation: quotas and limits of the Device Provisioning Service, 2024"
    private static let hubSource = "Azure documentation: IoT Hub quotas and throttling, 2024"

    /// Calls of the registrar to one provisioning service, all together.
    package static let service = [
        CloudLimit(
            "azure_dps_service_operations", plane: AzurePlane.dpsService.name, count: 1000, seconds: 60,
            adjustable: true, source: dpsSource)
    ]

    /// Calls of devices that register, and of one device that asks how far it is.
    package static let registration = [
        CloudLimit(
            "azure_dps_registrations", plane: AzurePlane.dpsDevice.name,
            calls: ["PUT /registrations/{id}/register", "POST /registrations/{id}"], count: 1000, seconds: 60,
            adjustable: true, source: dpsSource),
        CloudLimit(
            "azure_dps_polls", plane: AzurePlane.dpsDevice.name,
            calls: ["GET /registrations/{id}/operations/{op}"], count: 5, seconds: 10, scope: .device,
            source: dpsSource),
    ]

    /// A hub's edition. Free, basic and standard ones of a number are alike in what counts here.
    package enum HubTier: String, Codable, CaseIterable, Sendable {
        case s1, s2, s3
    }

    /// Calls to one hub; units add up where Azure counts by unit.
    package static func hub(_ host: String, tier: HubTier = .s1, units: Int = 1) -> [CloudLimit] {
        let plane = AzurePlane.iotHub(host: host).name
        let units = min(max(units, 1), 200)
        let (registry, twinWrites, twinReads, queries) =
            switch tier {
            case .s1: (100 * units, 50, 100, 20 * units)
            case .s2: (100 * units, max(50, 5 * units), max(100, 10 * units), 20 * units)
            case .s3: (5000 * units, 250 * units, 500 * units, 1000 * units)
            }
        return [
            CloudLimit(
                "azure_hub_registry", plane: plane,
                calls: [
                    "GET /devices/{id}", "PUT /devices/{id}", "DELETE /devices/{id}", "POST /devices",
                    "GET /statistics/devices",
                ], count: registry, seconds: 60, source: hubSource),
            CloudLimit(
                "azure_hub_queries", plane: plane, calls: ["POST /devices/query"], count: queries,
                seconds: 60,
                source: hubSource),
            CloudLimit(
                "azure_hub_twin_reads", plane: plane, calls: ["GET /twins/{id}"], count: twinReads,
                seconds: 1,
                source: hubSource),
            CloudLimit(
                "azure_hub_twin_writes", plane: plane, calls: ["PATCH /twins/{id}", "PUT /twins/{id}"],
                count: twinWrites, seconds: 1, source: hubSource),
        ]
    }

    /// A target's: its service, and each hub that the registrar may reach.
    package static func limits(of settings: AzureDPSSettings) -> [CloudLimit] {
        settings.hubs.reduce(into: service) { limits, hub in
            limits += Self.hub(hub.host).map { limit in
                var named = limit
                named.name = "\(limit.name)_\(hub.host)"
                return named
            }
        }
    }

    package static func limits(of settings: IoTHubSettings) -> [CloudLimit] { hub(settings.host) }

    // MARK: What a service holds

    package static let enrollments = 1_000_000
    package static let registrations = 1_000_000
    package static let groupsByCertificate = 100
    package static let groupsByKey = 100
    package static let authorities = 25
    package static let linkedHubs = 50
    package static let devicesOfAHub = 1_000_000
    /// Bytes of a registration, payload and all.
    package static let longestRegistration = 96 * 1024
}
