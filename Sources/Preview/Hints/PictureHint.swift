/// What keeps a camera from reading a label, as far as the picture tells; in the order of importance.
package enum PictureHint: String, CaseIterable, Codable, Sendable {
    case tooDark
    case tooBright
    case glare
    case lowContrast
    case blurred
    case tooFar

    /// What the person with the camera can do.
    package var advice: String {
        switch self {
        case .tooDark: "Too dark: switch on a light"
        case .tooBright: "Too bright: shade the label"
        case .glare: "Glare: tilt the label or the camera"
        case .lowContrast: "Hardly any contrast: wipe the lens, change the light"
        case .blurred: "Blurred: hold still, or hold the camera a little further away"
        case .tooFar: "Too far: move nearer until the code fills half the picture"
        }
    }
}
