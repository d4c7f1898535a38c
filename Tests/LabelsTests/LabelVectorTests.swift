import Labels
import Model
import Testing

/// Every vector, read as the format that it is a vector of.
@Suite struct LabelVectorTests {
    @Test(arguments: LabelVector.labels) func `a vector means what it should`(_ vector: LabelVector)
        throws
    {
        switch try vector.read() {
        case .success(let label):
            guard vector.valid else {
                Issue.record(
                    "\(vector.id): read as \(label.fields.plain), not refused with \(vector.errors ?? [])")
                return
            }
            for (name, value) in vector.expect ?? [:] {
                switch value {
                case .text(let text): expect(name, text, in: label.fields, vector)
                case .devices(let devices): expect(devices, in: label, vector)
                }
            }
            let warnings = label.warnings.map(\.rawValue)
            for warning in vector.warnings ?? [] {
                #expect(warnings.contains(warning), "\(vector.id): no warning \(warning)")
            }
        case .failure(let failure):
            #expect(!vector.valid, "\(vector.id): refused with \(failure.error)")
            #expect(
                vector.valid || vector.errors?.contains(failure.error.rawValue) == true,
                "\(vector.id): refused with \(failure.error), not \(vector.errors ?? [])")
        }
    }

    private func expect(_ name: String, _ text: String, in fields: LabelFields, _ vector: LabelVector) {
        let short = name.hasPrefix("secret.") ? String(name.dropFirst("secret.".count)) : name
        let value = fields[name] ?? fields.secrets[short]?.unredacted
        #expect(value == text, "\(vector.id): \(name)")
        if name.hasPrefix("secret.") {
            #expect(fields[name] == nil && fields[short] == nil, "\(vector.id): \(name) is not kept secret")
        }
    }

    private func expect(
        _ devices: [[String: LabelVector.Expected]], in label: Label, _ vector: LabelVector
    ) {
        let found = [label.fields] + label.furtherDevices
        #expect(found.count == devices.count, "\(vector.id)")
        for (fields, expected) in zip(found, devices) {
            for case (let name, .text(let text)) in expected { expect(name, text, in: fields, vector) }
        }
    }

    @Test func `the vectors of the project are all there`() {
        #expect(LabelVector.labels.count >= 320)
        #expect(LabelVector.checkDigits.count >= 28)
        #expect(LabelVector.typed.count >= 12)
    }
}
