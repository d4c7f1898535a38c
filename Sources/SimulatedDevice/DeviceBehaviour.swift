/// How a simulated device misbehaves, to see that it is found out.
package enum DeviceLie: String, CaseIterable, Sendable {
    /// It is another device than the label on its case says.
    case serial
    /// It shows the request of another device, and has another key.
    case clone
    /// It says that it has installed what it has only in part.
    case halfInstall = "half-install"
    /// It shows again what it signed when it was asked for its connection before.
    case oldConnection = "old-connection"
}

/// The moments at which a simulated device can lose its power.
package enum PowerCut: String, CaseIterable, Sendable {
    /// Before it answers with its request, or after it wrote half of what a directory needs.
    case request
    /// Once it has kept the manifest.
    case offer
    /// Once it has kept a chunk and before it says so; on a directory, once it has read the parts.
    case put
    /// Once the bundle is checked, before any of it is where it will be used.
    case verify
    /// Half of the parts are where they will be used.
    case keep
    /// All parts are in place, and nothing says yet that they are to be used.
    case activate
    /// It has switched and has told nobody.
    case switched
    /// It has proven the new principals and still keeps the old ones.
    case confirm
}
