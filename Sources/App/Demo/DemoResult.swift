import Model

/// What came of one picture.
struct DemoResult: Encodable {
    var picture: String
    var device: String?
    var product: String?
    var position: String?
    var stages: [String] = []
    var operations: [OperationID] = []
    var receipts: [String] = []
    var certificate: String?
    var trouble: Explanation?

    var isConfirmed: Bool { trouble == nil && !operations.isEmpty && receipts.count == operations.count }

    private enum CodingKeys: String, CodingKey {
        case picture, device, product, position, stages, operations, receipts, certificate, problem
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(picture, forKey: .picture)
        try container.encodeIfPresent(device, forKey: .device)
        try container.encodeIfPresent(product, forKey: .product)
        try container.encodeIfPresent(position, forKey: .position)
        try container.encode(stages, forKey: .stages)
        try container.encode(operations, forKey: .operations)
        try container.encode(receipts, forKey: .receipts)
        try container.encodeIfPresent(certificate, forKey: .certificate)
        try container.encodeIfPresent(trouble?.id, forKey: .problem)
    }
}
