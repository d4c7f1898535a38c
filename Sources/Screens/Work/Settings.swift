package import Canvas

/// What a person chose for this tablet.
package struct Settings: Codable, Equatable, Sendable {
    /// `nil` follows the terminal: monochrome where it has no colours or `NO_COLOR` is set, else dark.
    package var theme: Theme.Name?
    /// `nil` follows the locale.
    package var language: Language?
    /// Large targets, for fingers and gloves.
    package var touch: Bool
    /// The camera to use, such as `/dev/video0` or a video file; `nil` takes the first one.
    package var camera: String?

    package init(
        theme: Theme.Name? = nil, language: Language? = nil, touch: Bool = false, camera: String? = nil
    ) {
        self.theme = theme
        self.language = language
        self.touch = touch
        self.camera = camera
    }
}
