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
    private var placed: [DeviceIdentifier: Placed] = [:]
    /// Lanes by what singles their device out.
    private var lanes: [String: DeviceIdentifier] = [:]
    /// Who stands at a position.
    private var holders: [String: DeviceIdentifier] = [:]
    /// Lines that any device of a product fills; those that are filled are dropped when they are met.
    private var slots: [ProductID?: [Int]]
    /// No number below is free.
    private var lowestNumber: Int?

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
            while let first = slots[product]?.last, lines[first].device != nil { slots[product]?.removeLast() }
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
            lines[line].expected.identity.lane == nil, fits(device.identity, line)
        else { return nil }
        return line
    }

    private func fits(_ identity: DeviceIdentity, _ line: Int) -> Bool {
        JobIndex.fits(identity.product, lines[line].expected.product ?? job.product)
    }

    /// A line without a name that is open for the device; one with a position only while the device has none.
    private func openSlot(for device: JobDevice) -> Int? {
        firstSlot(for: device.identity) { device.position == nil || lines[$0].expected.position == nil }
    }

    private func firstSlot(for identity: DeviceIdentity, where suits: (Int) -> Bool = { _ in true }) -> Int? {
        slots.filter { JobIndex.fits(identity.product, $0.key) }
            .compactMap { $0.value.last { lines[$0].device == nil && suits($0) } }.min()
    }
}

// MARK: Questions

extension JobProgress {
    /// Devices claimed or placed under the job that its list does not have, by name.
    package var unexpected: [JobDevice] {
        guard !job.expected.isEmpty else { return [] }
        return devicesWithoutLine
    }

    /// Devices of the job that fulfil no line: surprises, or in a job without a list all of them.
    package var devicesWithoutLine: [JobDevice] {
        placed.values.filter { $0.line == nil && $0.device.isOfJob }.map(\.device)
            .sorted { ($0.identity.displayName, $0.lane) < ($1.identity.displayName, $1.lane) }
    }

    /// What the job has to say of a device.
    package func match(_ identity: DeviceIdentity) -> JobMatch {
        for key in JobIndex.keys(of: identity) {
            guard let lane = lanes[key], let known = placed[lane],
                JobIndex.fits(identity.product, known.device.identity.product)
            else { continue }
            return .alreadyDone(line: known.line, position: known.device.position)
        }
        if let line = index.lines(of: identity, in: job).first(where: { lines[$0].device == nil }) {
            return match(line)
        }
        if job.expected.isEmpty {
            return JobIndex.fits(identity.product, job.product) ? .expected(line: nil) : .notInJob
        }
        return firstSlot(for: identity).map(match) ?? .notInJob
    }

    private func match(_ line: Int) -> JobMatch {
        lines[line].expected.position.map { .expectedAt(position: $0, line: line) } ?? .expected(line: line)
    }

    /// Who stands at a position, other than the device itself.
    package func holder(of position: String, besides lane: DeviceIdentifier?) -> JobDevice? {
        guard let holder = holders[position], holder != lane else { return nil }
        return placed[holder]?.device
    }

    /// The product of a device whose label does not say it: the list's, else the job's.
    package func product(of identity: DeviceIdentity) -> ProductID? {
        switch match(identity) {
        case .expectedAt(_, let line), .expected(let line?), .alreadyDone(let line?, _):
            lines[line].expected.product ?? job.product
        case .expected(nil), .alreadyDone(nil, _), .notInJob: job.product
        }
    }

    /// Where a device goes when nobody says otherwise; `nil` when the job leaves that to the installer, or has no room.
    package func position(for match: JobMatch) -> String? {
        switch match {
        case .expectedAt(let position, _): position
        case .expected: nextPosition
        case .alreadyDone(let line, let position):
            position ?? line.flatMap { lines[$0].expected.position } ?? nextPosition
        case .notInJob: job.positionRule.kind == .numbered ? nextPosition : nil
        }
    }

    /// The next free position for a device that has none of its own.
    package var nextPosition: String? {
        switch job.positionRule {
        case .none, .free: nil
        case .listed: firstSlot(for: DeviceIdentity(fields: [:])).flatMap { lines[$0].expected.position }
        case .numbered(let pattern, let start): firstFree(pattern, from: max(start, lowestNumber ?? start))
        }
    }

    /// A number is free when nobody stands there and the list keeps it for nobody.
    private func firstFree(_ pattern: String, from start: Int) -> String? {
        guard pattern.contains(PositionRule.placeholder) else { return nil }
        var number = start
        while number < Int.max {
            let position = PositionRule.position(pattern, number)
            if holders[position] == nil, !isReserved(position) { return position }
            number += 1
        }
        return nil
    }

    private func isReserved(_ position: String) -> Bool {
        index.positions[position].map { lines[$0].device == nil } ?? false
    }
}
