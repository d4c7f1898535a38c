import Labels
import Model
import TestSupport
import Testing

/// Every vector, read by a reader that is not told the format.
@Suite struct DispatchVectorTests {
    /// Vectors whose payload alone does not tell their format; each is a reading that nothing in it speaks for.
    private static let untold: Set = [
        // Fourteen digits without a check digit are a serial until something says IMEI.
        "imei-p10", "imei-p04",
        // Nineteen digits that do not begin with 89.
        "iccid-p08",
    ]

    private static let told = LabelVector.labels.filter {
        $0.valid && $0.format != "vendor-template" && !untold.contains($0.id)
    }

    @Test(arguments: told) func `a payload is taken for what it is, or offered as it`(_ vector: LabelVector)
        throws
    {
        let label = try LabelReader.forTests().read(Payload(text: vector.input)).get()
        let readings = [label.format] + label.alternatives
        #expect(
            readings.contains(vector.format),
            "\(vector.id): read as \(readings.joined(separator: ", "))")
    }

    /// Of two readings the one that says more, or that proves itself, comes first.
    @Test(arguments: told) func `the first reading says what the vector says`(_ vector: LabelVector) throws {
        let label = try LabelReader.forTests().read(Payload(text: vector.input)).get()
        guard label.format != vector.format else { return }
        let allowed = [
            "di-bare": ["serial"], "iec61406": ["generic-label", "gs1-digital-link"],
            "ean-upc": ["serial", "gs1-element-string"], "imei": ["generic-label"],
        ]
        #expect(
            allowed[vector.format]?.contains(label.format) == true,
            "\(vector.id): read first as \(label.format)")
    }
}
