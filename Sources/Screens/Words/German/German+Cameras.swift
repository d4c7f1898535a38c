extension German {
    /// `CameraError`, and that there is no camera.
    static let cameras: [String: [Wording]] = [
        "camera_not_found": [
            Wording(
                "Keine Kamera gefunden.",
                "Eine anstecken oder in den Einstellungen eine Videodatei oder Netzkamera nennen.")
        ],
        "camera_missing": [
            Wording("Kein Bild: {1} gibt es nicht", "Kamera anstecken; `muster doctor` zählt die Kameras auf")
        ],
        "camera_none": [
            Wording(
                "Kein Bild: {1} ist keine Kamera", "Eine andere nennen; `muster doctor` zählt die Kameras auf"
            )
        ],
        "camera_not_permitted": [
            Wording(
                "Kein Bild: dieser Benutzer darf {1} nicht benutzen",
                "Den Benutzer in die Gruppe `video` aufnehmen und neu anmelden")
        ],
        "camera_busy": [
            Wording("Kein Bild: ein anderes Programm benutzt {1}", "Das andere Programm schließen")
        ],
        "camera_format": [
            Wording(
                "Kein Bild: {1} liefert weder Grau noch YUV noch JPEG",
                "Eine andere Kamera nehmen oder eine Bilddatei geben")
        ],
        "camera_unplugged": [
            Wording(
                "Es kommen keine Bilder: {1} wurde abgezogen",
                "Wieder anstecken, oder eine Bilddatei geben, einfügen oder tippen")
        ],
        "camera_stalled": [
            Wording(
                "Es kommen keine Bilder: {1} steht; es wird neu geöffnet",
                "Warten; bleibt es so, die Kamera ab- und wieder anstecken")
        ],
        "camera_damaged_frames": [
            Wording(
                "Nichts gelesen: die Kamera sendet beschädigte Bilder",
                "Ein anderes Kabel oder einen anderen Anschluss probieren")
        ],
        "camera_no_control": [
            Wording("Nichts geändert: {1} kann das nicht", "Anderes einstellen oder das Licht ändern")
        ],
        "camera_not_a_video": [
            Wording(
                "Nichts gelesen: {1} ist kein brauchbares Video ({2})", "Eine andere Datei oder Adresse geben"
            )
        ],
        "camera_no_ffmpeg": [
            Wording(
                "Nichts gelesen: für {1} braucht es `ffmpeg`",
                "Das Paket `ffmpeg` installieren, oder eine .y4m-Datei oder Bilder geben")
        ],
    ]
}
