package import Model
package import Processes

/// Why a picture gave no answer.
package enum ScanError: Error, Equatable, Sendable {
    /// The bytes are no PNG, JPEG, WebP, TIFF, GIF, BMP, PGM or PPM.
    case notAPicture
    /// What was opened holds no bytes to look at in any order: a folder, pipe, socket or device.
    case notAFile(Descriptor.Kind)
    /// The file could not be handed over or read; what the system said.
    case unreadable(SystemError)
    /// More than 20 megapixels or 64 MiB.
    case tooLarge
    /// It begins as a picture and is cut short or damaged; the decoder's words.
    case corrupt(reason: String)
    /// The worker ended, or answered what is no answer, while it looked at the picture.
    case workerCrashed
    /// The worker was ended by the kernel as it tried what it may not: the picture is likely an attack.
    case workerForbidden
    /// It needed more time, or more time of the processor, than one picture may.
    case timedOut
    /// The kernel could not confine the worker, which then looked at nothing; what it refused.
    case unconfined(reason: String)
    /// The worker's program is not at this path, or may not be run.
    case workerMissing(path: String)
}

extension ScanError: Explained {
    package var explanation: Explanation {
        switch self {
        case .notAPicture:
            Explanation(
                id: "scan_not_a_picture", what: "Nothing was read: the file is no picture",
                nextStep: "Give a PNG, JPEG, WebP, TIFF, GIF or BMP picture")
        case .notAFile:
            Explanation(
                id: "scan_not_a_file", what: "Nothing was read: this is a folder, pipe or device, no file",
                nextStep: "Give the file of a picture")
        case .unreadable(let error): error.explanation
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
        case .workerForbidden:
            Explanation(
                id: "scan_worker_forbidden",
                what: "Nothing was read: the decoder tried what it may not do, and was ended; "
                    + "the picture may be an attack",
                nextStep: "Do not open the picture elsewhere; take another one, or type the serial number")
        case .timedOut:
            Explanation(
                id: "scan_timed_out", what: "Nothing was read: the decoder took too long",
                nextStep: "Take the picture nearer to the label, or type the serial number")
        case .unconfined(let reason):
            Explanation(
                id: "scan_unconfined",
                what: "Nothing was read: this kernel cannot shut the decoder in (\(reason))",
                nextStep:
                    "Use a kernel with seccomp filters (CONFIG_SECCOMP_FILTER), or a container that allows them"
            )
        case .workerMissing(let path):
            Explanation(
                id: "scan_worker_missing", kind: .unavailable,
                what: "Nothing was read: the decoder \(path) could not be started",
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
