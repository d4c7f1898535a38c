/// Why the worker gives no symbols for a picture.
package enum ScanFailure: Error, Equatable, Sendable {
    /// The bytes are no picture of a kind that Muster reads.
    case notAPicture
    /// More pixels or bytes than are accepted.
    case tooLarge
    /// It begins as a picture and cannot be read as one; the library's words.
    case corrupt(reason: String)
    /// The worker could not give up its rights and so looked at nothing; what the kernel refused.
    case unconfined(reason: String)
}
