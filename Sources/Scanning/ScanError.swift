package import Model

/// Why a picture gave no answer.
package enum ScanError: Error, Equatable, Sendable {
    /// The bytes are no PNG, JPEG, WebP, TIFF, BMP, PGM or PPM.
    case notAPicture
    /// More than 20 megapixels or 64 MiB.
    case tooLarge
    /// It begins as a picture and is cut short or damaged; the decoder's words.
    case corrupt(reason: String)
    /// The worker ended, or answered what is no answer, while it looked at the picture.
    case workerCrashed
    case timedOut
    /// The worker's program is not at this path, or may not be run.
    case workerMissing(path: String)
}

extension ScanError: Explained {
    package var explanation: Explanation {
        switch self {
        case .notAPicture:
            Explanation(
                id: "scan_not_a_picture", what: "Nothing was read: the file is no picture",
                nextStep: "Give a PNG, JPEG, WebP, TIFF or BMP picture")
        case .tooLarge:
            Explanation(
                id: "scan_picture_too_large",
                what: "Nothing was read: the picture has more than 20 megapixels or 64 MiB",
                nextStep: "Give a smaller picture")
        case .corrupt(let reason):
            Explanation(
                id: "scan_picture_corrupt", what: "Nothing was read: the picture is damaged (\(reason))",
                nextStep: "Take or copy the picture again")
        case .workerCrashed:
            Explanation(
                id: "scan_worker_crashed",
                what: "Nothing was read: the decoder ended while it looked at the picture",
                nextStep: "Take the picture again, or type the serial number")
        case .timedOut:
            Explanation(
                id: "scan_timed_out", what: "Nothing was read: the decoder took too long",
                nextStep: "Take the picture nearer to the label, or type the serial number")
        case .workerMissing(let path):
            Explanation(
                id: "scan_worker_missing", what: "Nothing was read: the decoder \(path) could not be started",
                nextStep: "Install muster-decode beside muster")
        }
    }
}

extension ScanError {
    /// Whether the program that decodes is not there, which no other picture would change.
    package var isMissingWorker: Bool {
        if case .workerMissing = self { true } else { false }
    }
}
