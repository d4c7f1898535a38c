import Model

/// Which codes of several labels of one product are the same place on the label.
struct ExampleAlignment {
    /// One place: the code of each example, `nil` where an example has none.
    struct Column {
        var payloads: [Payload?]
        var readings: [Result<Label, LabelFailure>?]

        var texts: [String] { payloads.compactMap { $0.map { String(decoding: $0.bytes, as: UTF8.self) } } }
        var labels: [Label] { readings.compactMap { try? $0?.get() } }
        var isComplete: Bool { payloads.allSatisfy { $0 != nil } }
        /// The same in every example that has it.
        var isConstant: Bool { Set(texts).count == 1 && texts.count > 1 }
        var symbology: Symbology? {
            let all = Set(payloads.compactMap { $0?.symbology })
            return all.count == 1 ? all.first : nil
        }
        var hasSecrets: Bool { labels.contains { !$0.fields.secrets.isEmpty } }
        /// The format that all of them are read as.
        var format: String? {
            let formats = Set(labels.map(\.format))
            return labels.count == texts.count && formats.count == 1 ? formats.first : nil
        }
    }

    private(set) var columns: [Column] = []

    init(_ examples: [[Payload]], reader: LabelReader) {
        for (number, codes) in examples.enumerated() {
            var free = Set(columns.indices)
            // What fits best is placed first, so that a poor match never takes a good one's place.
            var pairs: [(score: Int, code: Int, column: Int)] = []
            for (code, payload) in codes.enumerated() {
                for column in columns.indices {
                    let score = Self.likeness(payload, reader.read(payload), columns[column])
                    if score > 2 { pairs.append((score, code, column)) }
                }
            }
            var placed: [Int: Int] = [:]
            for pair in pairs.sorted(by: { ($0.score, $1.code) > ($1.score, $0.code) })
            where placed[pair.code] == nil && free.contains(pair.column) {
                placed[pair.code] = pair.column
                free.remove(pair.column)
            }
            for index in columns.indices {
                columns[index].payloads.append(nil)
                columns[index].readings.append(nil)
            }
            for (code, payload) in codes.enumerated() {
                let column = placed[code] ?? columns.count
                if column == columns.count {
                    let empty = [Payload?](repeating: nil, count: number + 1)
                    columns.append(Column(payloads: empty, readings: empty.map { _ in nil }))
                }
                columns[column].payloads[number] = payload
                columns[column].readings[number] = reader.read(payload)
            }
        }
    }

    /// How much a code is like those of a column; more than 2 is alike.
    private static func likeness(
        _ payload: Payload, _ reading: Result<Label, LabelFailure>, _ column: Column
    ) -> Int {
        guard let other = column.payloads.lazy.compactMap({ $0 }).last else { return 0 }
        guard other.symbology == payload.symbology else { return 0 }
        var score = 1
        if other.bytes == payload.bytes { score += 6 }
        let format = (try? reading.get())?.format
        if format == column.labels.last?.format { score += 2 }
        let (text, before) = (
            String(decoding: payload.bytes, as: UTF8.self), String(decoding: other.bytes, as: UTF8.self)
        )
        if PatternInference.areAlike(text, before) { score += 1 }
        let shared = zip(text, before).prefix { $0 == $1 }.count
        return score + min(shared, 3)
    }
}
