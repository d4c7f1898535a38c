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
        .handOverReady: "Das Zertifikat und seine Aussteller sind hier.",
        .handOverNothing: "Für dieses Gerät kam noch kein Zertifikat zurück.",
        .handOverToday:
            "In eine Datei schreiben, etwa auf einen USB-Stick, und nach Herstellerangabe einspielen.",
        .handOverLater:
            "Per Kabel oder Stick: `muster hand-over GERÄT --to serial:/dev/ttyUSB0` oder `--to dir:PFAD`.",
        .verifyNotChecked: "Hier nicht geprüft: ob sich das Gerät mit seinem Dienst verbindet.",
        .verifyToday: "Vermerkt sind {1} vom Registrar signierte Quittungen.",
        .verifyLater:
            "Nachweis: `muster verify GERÄT --endpoint mqtts://HOST --root DATEI --key DATEI`; sonst behauptet ihn nichts.",
    ]
}
