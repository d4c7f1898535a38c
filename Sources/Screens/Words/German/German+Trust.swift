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
        .principalNotProven: "noch nicht nachgewiesen",
        .principalsToday:
            "Das Gerät macht Schlüssel und Antragsdatei selbst; der Registrar stellt das Zertifikat aus.",
        .certificateIn: "Das Zertifikat steht in {1}",
        .handOverReady: "Das Zertifikat und seine Aussteller sind hier.",
        .handOverNothing: "Für dieses Gerät kam noch kein Zertifikat zurück.",
        .handOverToday:
            "In eine Datei schreiben, etwa auf einen USB-Stick, und nach Herstellerangabe einspielen.",
        .handOverLater:
            "Per Kabel oder Stick: `muster hand-over GERÄT --to serial:/dev/ttyUSB0` oder `--to dir:PFAD`.",
        .verifyNotChecked: "Nicht geprüft: diese Version sieht nicht, ob das Gerät online ist.",
        .verifyToday: "Vermerkt sind {1} vom Registrar signierte Quittungen.",
        .verifyLater:
            "Ein Nachweis braucht eine Verbindung mit dem Schlüssel des Geräts; hier wird keiner behauptet.",
    ]
}
