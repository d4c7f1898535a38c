package import Intake
package import Labels
package import Model

/// The codes of one label, scanned one after the other, put together into one device.
package struct Gathering: Equatable, Sendable {
    /// What a code made of it.
    package enum Outcome: Equatable, Sendable {
        /// A single device is named.
        case device(CapturedDevice)
        /// Something is known, but not which device: another code is needed.
        case incomplete(CapturedDevice)
        /// The code says nothing that can be used; what was gathered before stays.
        case refused(Explanation)
    }

    private var evidence = LabelEvidence()
    /// What was read, in its order.
    package var labels: [Label] { evidence.reading?.labels ?? [] }

    package init() {}

    package var isEmpty: Bool { labels.isEmpty }

    /// Adds codes that were read at once: one of a scanner, or all those of one picture, none of which is a device of its
    /// own. What contradicts that which was gathered before is of another label, which starts anew.
    package mutating func add(_ scanned: [Scanned], product: ProductID?, _ context: Context) -> Outcome {
        let outcome = attempt(scanned, product, context)
        guard case .failure(.contradiction) = outcome, !isEmpty else { return Self.told(outcome) }
        self = Gathering()
        return Self.told(attempt(scanned, product, context))
    }

    private mutating func attempt(
        _ scanned: [Scanned], _ product: ProductID?, _ context: Context
    ) -> Result<CapturedDevice, IntakeError> {
        do throws(IntakeError) {
            var next = evidence
            let typed = scanned.first { $0.origin == .typed }
            if let typed, next.fields.isEmpty,
                Self.isSerial(typed.text ?? "", context.reader.read(typed.payload))
            {
                next = try LabelEvidence(serial: typed.text ?? "")
            } else {
                try next.add(scanned.map(\.payload), with: context.reader)
            }
            let device = try next.device(product: product, products: context.work.products)
            evidence = next
            let progress = context.assignment.progress(context.work)
            return .success(device.settled { progress.expects($0) })
        } catch { return .failure(error) }
    }

    private static func told(_ outcome: Result<CapturedDevice, IntakeError>) -> Outcome {
        switch outcome {
        case .success(let device): device.identity.lane == nil ? .incomplete(device) : .device(device)
        case .failure(let error): .refused(error.explanation)
        }
    }

    /// Whether typed text is taken as a serial. A label that was misread is none: signs that only labels have tell it.
    private static func isSerial(_ text: String, _ reading: Result<Label, LabelFailure>) -> Bool {
        switch reading {
        case .success(let label): return DeviceIdentity(fields: label.fields.plain).lane == nil
        case .failure(let failure):
            return failure.format == nil
                || text.allSatisfy { $0.isLetter || $0.isNumber || " -_./#+".contains($0) }
        }
    }
}

extension Candidate {
    /// A device with what the assignment gives it: tenant, site, job, and the position that is next unless one was named.
    package init?(
        _ device: CapturedDevice, _ assignment: Assignment, _ progress: JobProgress, position: String? = nil
    ) {
        guard let tenant = assignment.tenant else { return nil }
        var device = device
        let product = device.identity.product
        if product == nil || product == Product.genericID {
            device.identity.product =
                progress.product(of: device.identity) ?? assignment.product ?? product
        }
        self.init(
            device: device, tenant: tenant, site: assignment.site,
            position: assignment.site == nil
                ? nil : position ?? progress.position(for: progress.match(device.identity)),
            job: assignment.job)
    }
}

/// A label that says where, not what: a position of the job, or text that begins with `POS:`.
package enum PositionLabel {
    package static let prefix = "POS:"

    package static func position(_ text: String?, _ progress: JobProgress) -> String? {
        guard let text else { return nil }
        if text.uppercased().hasPrefix(prefix) {
            let name = String(text.dropFirst(prefix.count)).trimmingBlanks
            return name.isEmpty || name.utf8.count > 128 ? nil : name
        }
        return progress.job.expected.contains { $0.position == text } ? text : nil
    }
}
