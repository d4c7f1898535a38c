extension Confinement {
    /// For the process that decodes pictures and talks over the given socket.
    package static func decoder(socket: Int32) -> Confinement {
        // Memory for the largest picture in the format that needs most (TIFF: 219 MB measured, libraries
        // included) and three quarters more; descriptors for the streams, the socket, one picture, and one of
        // Landlock's while it is set up.
        Confinement(addressSpaceBytes: 384 << 20, openDescriptors: 8, socket: socket)
    }
}
