package import Model
package import Preview

/// What a camera and its decoder have to say.
package enum CameraNews: Equatable, Sendable {
    /// A picture to show. Those that nobody took in time are dropped.
    case preview(CameraPreview)
    /// Symbols that count as scanned, by this frame.
    case scanned([Symbol])
    /// Something stands in the way; it is tried again.
    case trouble(Explanation)
    /// Pictures come again after a trouble with the camera.
    case recovered
    /// The last news; with the reason when it is not the end of a recording.
    case ended(Explanation?)
}

/// A picture to show, and what is known about it.
package struct CameraPreview: Equatable, Sendable {
    package var frame: GrayFrame
    /// The points of each symbol in view, in pixels of `frame`, as the newest decoded frame had them.
    package var outlines: [[Point]]
    /// What keeps the newest decoded frame from being read.
    package var hints: [PictureHint]

    package init(frame: GrayFrame, outlines: [[Point]], hints: [PictureHint]) {
        self.frame = frame
        self.outlines = outlines
        self.hints = hints
    }
}
