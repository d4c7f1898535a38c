/// How far a job is: its list with what became of each line, what was not expected, and where the next device goes.
///
/// Made from the job and the devices that bear on it, and kept up to date with `add` while work goes on. Each question
/// takes the same time whatever the length of the list.
package struct JobProgress: Equatable, Sendable {
    /// What became of a line of the list.
    package enum LineState: String, Codable, CaseIterable, Sendable {
        /// Nothing of it is saved.
        case open
        /// Saved or sent, and not confirmed.
        case saved
        case needsPerson = "needs_person"
        case done
    }

    package struct Line: Equatable, Sendable {
        package var expected: ExpectedDevice
        /// The device that fulfils it.
        package fileprivate(set) var device: JobDevice?

        package var state: LineState { LineState(device?.mark) }
    }

    package let job: Job
    /// The list of the job, in its order.
    package private(set) var lines: [Line]
    let index: JobIndex
    /// Devices by lane, each with the line that it fulfils.
    private(set) var placed: [DeviceIdentifier: Placed] = [:]
    /// Lanes by what singles their device out.
    private(set) var lanes: [String: DeviceIdentifier] = [:]
    /// Who stands at a position.
    private(set) var holders: [String: DeviceIdentifier] = [:]
    /// Lines that any device of a product fills; those that are filled are dropped when they are met.
    private(set) var slots: [ProductID?: [Int]]
    /// No number below is free.
    private(set) var lowestNumber: Int?

    struct Placed: Equatable, Sendable {
        var device: JobDevice
        var line: Int?
    }

    package init(of job: Job, devices: [JobDevice] = []) {
        self.job = job
        lines = job.expected.map { Line(expected: $0) }
        index = JobIndex(job)
        slots = index.slots
        // Those that can be but one line's come first, so that nobody else takes it.
        var others: [JobDevice] = []
        for device in devices where device.mark != .closed {
            if certainLine(for: device) == nil { others.append(device) } else { add(device) }
        }
        for device in others { add(device) }
    }

    /// Takes in what became of a device; what was known of it before no longer counts.
    package mutating func add(_ device: JobDevice) {
        remove(device.lane)
        guard device.mark != .closed else { return }
        let line = certainLine(for: device) ?? (device.isOfJob ? openSlot(for: device) : nil)
        placed[device.lane] = Placed(device: device, line: line)
        if let position = device.position, holders[position] == nil { holders[position] = device.lane }
        if let line { lines[line].device = device }
        passOverTaken()
        guard line != nil || device.isOfJob else { return }
        for key in JobIndex.keys(of: device.identity) where lanes[key] == nil { lanes[key] = device.lane }
    }

    private mutating func remove(_ lane: DeviceIdentifier) {
        guard let known = placed.removeValue(forKey: lane) else { return }
        for key in JobIndex.keys(of: known.device.identity) where lanes[key] == lane { lanes[key] = nil }
        if let position = known.device.position, holders[position] == lane { holders[position] = nil }
        lowestNumber = nil
        guard let line = known.line else { return }
        lines[line].device = nil
        if lines[line].expected.identity.lane == nil { slots = index.slots }
    }

    /// Drops what is filled from the front of what is searched for the next one.
    private mutating func passOverTaken() {
        for product in slots.keys {
            while let first = slots[product]?.last, lines[first].device != nil {
                slots[product]?.removeLast()
            }
        }
        guard case .numbered(let pattern, let start) = job.positionRule else { return }
        var number = lowestNumber ?? start
        while holders[PositionRule.position(pattern, number)] != nil, number < Int.max,
            pattern.contains(PositionRule.placeholder)
        { number += 1 }
        lowestNumber = number
    }

    /// The line that names the device, else the one of a place at its position that it may fill.
    private func certainLine(for device: JobDevice) -> Int? {
        let named = index.lines(of: device.identity, in: job).first { lines[$0].device == nil }
        if let named { return named }
        guard let position = device.position, let line = index.positions[position],
            lines[line].device == nil,
            lines[line].expected.identity.lane == nil,
            admits(lines[line].expected.product ?? job.product, device.identity.product)
        else { return nil }
        return line
    }

    /// A line without a name that is open for the device; one with a position only while the device has none.
    private func openSlot(for device: JobDevice) -> Int? {
        firstSlot(for: device.identity) { device.position == nil || lines[$0].expected.position == nil }
    }

    func firstSlot(for identity: DeviceIdentity, where suits: (Int) -> Bool = { _ in true }) -> Int? {
        slots.filter { admits($0.key, identity.product) }
            .compactMap { $0.value.last { lines[$0].device == nil && suits($0) } }.min()
    }

    /// Whether a place for a product takes a device: a device whose product nobody knows is only taken for the job's own.
    private func admits(_ slot: ProductID?, _ product: ProductID?) -> Bool {
        guard let slot, slot != Product.genericID else { return true }
        return product == slot || slot == job.product && JobIndex.fits(product, slot)
    }
}
