package import Model

/// Which device is to be placed, and what is known of the targets at that moment.
package struct PlacementQuestion: Equatable, Sendable {
    /// The name that targets are to know the device by.
    package var deviceName: String
    package var serial: String?
    package var tenant: TenantID
    package var site: SiteID?
    package var product: ProductID?
    /// Where the device is now.
    package var current: TargetID?
    /// Targets that were found out of service, whatever the rules say of them.
    package var down: Set<TargetID>
    /// Devices that each target has; 0 where not named. Asked for where a candidate has a capacity.
    package var devices: [TargetID: Int]

    package init(
        deviceName: String, serial: String? = nil, tenant: TenantID, site: SiteID? = nil,
        product: ProductID? = nil, current: TargetID? = nil, down: Set<TargetID> = [],
        devices: [TargetID: Int] = [:]
    ) {
        self.deviceName = deviceName
        self.serial = serial
        self.tenant = tenant
        self.site = site
        self.product = product
        self.current = current
        self.down = down
        self.devices = devices
    }

    package init(
        _ device: TargetDevice, current: TargetID? = nil, down: Set<TargetID> = [],
        devices: [TargetID: Int] = [:]
    ) {
        self.init(
            deviceName: device.name, serial: device.serial, tenant: device.tenant, site: device.site,
            product: device.product, current: current, down: down, devices: devices)
    }
}
