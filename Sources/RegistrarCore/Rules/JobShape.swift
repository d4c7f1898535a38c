package import Model

extension Job {
    /// Why the job cannot be taken; `nil` when it can. Whether tenant, site and products exist is not asked here.
    package var fault: Problem? {
        let sentence =
            Self.fault(name, "name", RegistrarLimits.reasonBytes) ?? ruleFault ?? listFault
        return sentence.map { Problem(.requestMalformed, detail: "Job \(jobID): \($0)") }
    }

    private var ruleFault: String? {
        switch positionRule {
        case .none, .free: return nil
        case .listed:
            return expected.contains { $0.position != nil }
                ? nil : "the rule is `listed`, and the list has no position."
        case .numbered(let pattern, let start):
            guard pattern.ranges(of: PositionRule.placeholder).count == 1 else {
                return "the pattern must hold \(PositionRule.placeholder) once."
            }
            guard (0...1_000_000).contains(start) else { return "the start must be from 0 to 1000000." }
            return Self.fault(pattern, "pattern", RegistrarLimits.positionBytes)
        }
    }

    private var listFault: String? {
        guard expected.count <= RegistrarLimits.expectedPerJob else {
            return "a list has at most \(RegistrarLimits.expectedPerJob) lines."
        }
        var (positions, devices): (Set<String>, Set<DeviceIdentifier>) = ([], [])
        for (number, line) in expected.enumerated() {
            let place = "line \(number + 1) of the list"
            if let fault = Self.fault(of: line) { return "\(place): \(fault)" }
            if let position = line.position, !positions.insert(position).inserted {
                return "\(place): the position \(position) is there twice."
            }
            if let lane = line.identity.lane, !devices.insert(lane).inserted {
                return "\(place): the device \(lane.value) is there twice."
            }
        }
        return nil
    }

    private static func fault(of line: ExpectedDevice) -> String? {
        if !line.fields.isEmpty, let fault = line.identity.fault {
            return fault.knownCode == .identityMissing
                ? "its fields do not single a device out." : fault.detail
        }
        return line.position.flatMap { fault($0, "position", RegistrarLimits.positionBytes) }
            ?? line.note.flatMap { fault($0, "note", RegistrarLimits.reasonBytes) }
    }

    private static func fault(_ text: String, _ name: String, _ limit: Int) -> String? {
        if !text.contains(where: { !$0.isWhitespace }) { return "the \(name) is empty." }
        return text.utf8.count > limit ? "the \(name) is longer than \(limit) bytes." : nil
    }
}
