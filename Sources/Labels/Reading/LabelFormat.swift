/// One format of labels: whether a scan looks like it, and what it then says.
struct LabelFormat: Sendable {
    /// How well a scan fits a format before it is read.
    enum Fit {
        /// The payload says itself that it is of this format; if it cannot be read, that is the answer.
        case certain
        /// It may be; a reading that fails leaves the field to others.
        case possible
        case none
    }

    /// As output and vectors spell it.
    let name: String
    let fit: @Sendable (Scan) -> Fit
    let read: @Sendable (Scan) throws(LabelFault) -> Reading
}

/// What a format read, before it is given the format's name.
struct Reading: Equatable {
    var fields = LabelFields()
    var warnings: [LabelWarning] = []
    var furtherDevices: [LabelFields] = []

    init() {}

    init(_ fields: LabelFields, warnings: [LabelWarning] = []) {
        self.fields = fields
        self.warnings = warnings
    }

    /// Adds what another reading found.
    mutating func merge(_ other: Reading) throws(LabelFault) {
        try fields.merge(other.fields)
        warnings += other.warnings.filter { !warnings.contains($0) }
    }
}
