package import HandOver

/// Whoever carries asks of the hand-over protocol to a device and brings its answers back.
package protocol Asking: AnyObject {
    /// As given with `--to`.
    var name: String { get }
    /// What is known of the way so far.
    var evidence: LinkEvidence { get }
    /// How many bytes the next chunk should have.
    var chunkBytes: Int { get }

    /// Asks until there is an answer.
    ///
    /// - Throws: `refusedByDevice` for a refusal, or why there is no answer.
    func ask(_ ask: Ask) throws(HandOverError) -> Answer
}

extension HandOverError {
    static func unexpected(_ kind: Ask.Kind) -> HandOverError {
        .lineUnreadable("the answer to `\(kind.rawValue)` must be of its kind")
    }
}
