/// How much one request may carry: halved when the way proves too narrow, grown slowly while it holds.
package struct BatchLimit: Equatable, Sendable {
    package private(set) var operations: Int
    package private(set) var bytes: Int
    private var mostOperations: Int
    private var mostBytes: Int
    private let growth: Int

    package init(tuning: SyncTuning) {
        operations = tuning.operationsPerBatch
        bytes = tuning.bytesPerBatch
        mostOperations = tuning.operationsPerBatch
        mostBytes = tuning.bytesPerBatch
        growth = tuning.batchGrowth
    }

    /// Takes over the registrar's own limits where they are narrower; values below 1 are not believed.
    package mutating func adopt(operations: Int, bytes: Int) {
        mostOperations = max(1, min(mostOperations, operations))
        mostBytes = max(1, min(mostBytes, bytes))
        self.operations = min(self.operations, mostOperations)
        self.bytes = min(self.bytes, mostBytes)
    }

    /// After a request that was too large or that the link did not carry in time.
    ///
    /// - Parameter count: operations in that request; the limit falls below it at once.
    package mutating func halve(after count: Int) {
        operations = max(1, min(operations, count) / 2)
        bytes = max(min(4096, mostBytes), bytes / 2)
    }

    package mutating func grow() {
        operations = min(mostOperations, operations + growth)
        bytes = min(mostBytes, bytes + mostBytes / 10)
    }
}
