import Model

extension Timestamp {
    /// The moment at which everything in these tests happens.
    static let noon = Timestamp(milliseconds: 1_790_000_000_000)
}
