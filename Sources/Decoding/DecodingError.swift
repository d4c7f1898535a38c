package import Model

/// Why a picture could not be looked at.
package enum DecodingError: Error, Equatable, Sendable {
    /// The first bytes are of no kind that is read: PNG, JPEG, WebP, TIFF, GIF, BMP, PGM or PPM.
    case notAPicture
    /// It holds more pixels than are accepted.
    case tooLarge
    /// It begins as a picture and is damaged; the reason in the words of its library.
    case corrupt(reason: String)
}

extension DecodingError: Explained {
    package var explanation: Explanation {
        switch self {
        case .notAPicture:
            Explanation(
                id: "not_a_picture", what: "The file was not read: it is no picture",
                nextStep: "Give a PNG, JPEG, WebP, TIFF, GIF or BMP picture")
        case .tooLarge:
            Explanation(
                id: "picture_too_large", what: "The picture was not read: it has too many pixels",
                nextStep: "Give a picture of at most 20 megapixels")
        case .corrupt(let reason):
            Explanation(
                id: "picture_corrupt", what: "The picture was not read: \(reason)",
                nextStep: "Take or copy the picture again")
        }
    }
}
