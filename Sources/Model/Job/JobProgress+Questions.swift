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
    package func holder(of position: String, besides identity: DeviceIdentity) -> JobDevice? {
        guard let lane = holders[position], let holder = placed[lane]?.device else { return nil }
        let own = Set(JobIndex.keys(of: identity))
        return JobIndex.keys(of: holder.identity).contains(where: own.contains) ? nil : holder
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
        case .listed: firstOpenPlace
        case .numbered(let pattern, let start): firstFree(pattern, from: max(start, lowestNumber ?? start))
        }
    }

    /// The position of the first line that any device of some product fills.
    private var firstOpenPlace: String? {
        slots.values.compactMap { $0.last { lines[$0].device == nil && lines[$0].expected.position != nil } }
            .min().flatMap { lines[$0].expected.position }
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
