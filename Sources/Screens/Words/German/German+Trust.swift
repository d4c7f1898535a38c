extension German {
    /// Principals, hand-over, proof.
    static let trust: [Phrase: String] = [
        .principalNone: "nicht vermerkt",
        .principalKey: "Schlüsselpaar",
        .principalDeviceCertificate: "Gerätezertifikat",
        .principalCertificate: "von {1}, bis {2}",
        .principalEndpoints: "Dienstadressen",
        .principalSigningCA: "Zertifikat der ausstellenden CA",
        .principalRootCA: "Wurzelzertifikat des Dienstes",
        .principalKeptByDevice: "verwahrt vom Gerät",
        .principalKeptHere: "verwahrt in diesem Speicher",
        .principalKeptByRegistrar: "verwahrt vom Registrar",
        .principalProvenByRequest: "signierte seinen Antrag {1}",
        .principalProvenByDevice: "vom Gerät bestätigt {1}",
        .principalProvenByConnection: "von einem Dienst angenommen {1}",
        .principalNotProven: "noch nicht nachgewiesen",
        .principalsToday:
            "Das Gerät macht Schlüssel und Antragsdatei selbst; der Registrar stellt das Zertifikat aus.",
        .certificateIn: "Das Zertifikat steht in {1}",
    ]
}
