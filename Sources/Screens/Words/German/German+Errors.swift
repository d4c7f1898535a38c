extension German {
    /// Scanners at the keyboard, pictures, and what was captured.
    static let scanners: [String: [Wording]] = [
        "serial_malformed": [
            Wording(
                "Nichts gesichert: eine Seriennummer hat 1 bis 128 druckbare Zeichen.",
                "So tippen, wie sie gedruckt ist.")
        ],
        "label_ambiguous": [
            // That a reading is ambiguous has this id too.
            Wording(
                "Nichts gesichert: die Codes nennen zwei Werte für {1}, `{2}` und `{3}`.",
                "Nur die Codes eines einzigen Geräts scannen.")
        ],
        "label_disputed": [
            Wording(
                "Nichts gesichert: der Code von {1} wurde unsicher gelesen.",
                "Noch ein Bild machen, schärfer und näher; oder mit dem Etikett vergleichen und die Seriennummer tippen."
            )
        ],
        "label_two_readings": [
            Wording(
                "Nichts gesichert: der Code lässt sich als {1} oder als {2} lesen.",
                "Noch einen Code des Etiketts scannen, die Seriennummer tippen oder das Format nennen.")
        ],
        "no_symbol": [
            Wording(
                "Nichts gesichert: auf `{1}` ist kein Code zu lesen.",
                "Bild neu aufnehmen: näher, schärfer, ohne Spiegelung; oder die Seriennummer tippen.")
        ],
        "pattern_without_number": [
            Wording(
                "Die Plätze bleiben, wie sie waren: `{1}` sagt nicht, wo die Nummer hinkommt.",
                "{n} an ihre Stelle schreiben, wie in rack-{n}.")
        ],
        "wedge_empty": [
            Wording(
                "Der Scanner hat ein Zeilenende gesendet und nichts davor.", "Den Code noch einmal scannen.")
        ],
        "wedge_too_long": [
            Wording(
                "Der Scanner hat mehr gesendet, als ein Code fasst; nichts davon wurde genommen.",
                "Den Scanner so einstellen, dass er nach jedem Code Enter sendet, dann neu scannen.")
        ],
        "wedge_control_characters": [
            Wording(
                "Der Code wurde nicht genommen: er enthält Steuerzeichen, die kein Etikett braucht.",
                "Noch einmal scannen; bleibt es so, das Gerät beiseitelegen und im Büro Bescheid sagen.")
        ],
        "wedge_layout_mismatch": [
            Wording(
                "Der Code kam verstümmelt an: der Scanner tippt auf {1}, dieser Rechner steht auf {2}.",
                "Den Scanner auf {2} stellen oder diesen Rechner auf {1}, dann neu scannen.")
        ],
        "wedge_caps_lock": [
            Wording(
                "Groß- und Kleinbuchstaben kamen vertauscht an: die Feststelltaste ist an.",
                "Feststelltaste lösen, dann neu scannen.")
        ],
        "calibration_wrong_code": [
            Wording(
                "Der Scanner ist nicht eingelernt: angekommen ist nicht der verlangte Code.",
                "Die Codes der Seite noch einmal der Reihe nach scannen.")
        ],
        "calibration_terminators_differ": [
            Wording(
                "Der Scanner ist nicht eingelernt: er beendet seine Codes verschieden.",
                "Den Scanner nach jeder Art Code Enter senden lassen, dann die Seite neu scannen."
            )
        ],
        "calibration_separator_lost": [
            Wording(
                "Nicht eingelernt: der Scanner lässt Trennzeichen weg, Seriennummer und Los liefen ineinander.",
                "Den Scanner GS als Strg+] oder als Zeichen wie ~ senden lassen, dann die Seite neu scannen.")
        ],
        "calibration_characters_lost": [
            Wording(
                "Der Scanner ist nicht eingelernt: diese Zeichen kamen nicht richtig an: {1}.",
                "Das Tastaturland des Scanners auf das dieses Rechners stellen, dann die Seite neu scannen.")
        ],
        "qr_empty": [Wording("Kein Code gezeichnet: es gibt nichts zu zeichnen.", "Dem Support melden.")],
        "qr_too_long": [
            Wording(
                "Kein Code gezeichnet: {1} Bytes sind mehr, als ein Code fasst.",
                "Stattdessen den Text lesen.")
        ],
        "scan_not_a_picture": [
            Wording(
                "Nichts gelesen: die Datei ist kein Bild",
                "Ein Bild in PNG, JPEG, WebP, TIFF, GIF oder BMP geben")
        ],
        "scan_picture_too_large": [
            Wording("Nichts gelesen: das Bild hat über 20 Megapixel oder 64 MiB", "Ein kleineres Bild geben")
        ],
        "scan_picture_corrupt": [
            Wording("Nichts gelesen: das Bild ist beschädigt ({1})", "Das Bild neu aufnehmen oder kopieren")
        ],
        "scan_worker_crashed": [
            Wording(
                "Nichts gelesen: der Decoder brach an diesem Bild ab",
                "Das Bild neu aufnehmen oder die Seriennummer tippen")
        ],
        "scan_not_a_file": [
            Wording(
                "Nichts gelesen: das ist ein Ordner, eine Pipe oder ein Gerät, keine Datei",
                "Die Datei eines Bildes geben")
        ],
        "scan_worker_forbidden": [
            Wording(
                "Nichts gelesen: der Decoder tat, was er nicht darf, und wurde beendet; "
                    + "das Bild kann ein Angriff sein",
                "Das Bild nirgends öffnen; ein anderes aufnehmen oder die Seriennummer tippen")
        ],
        "scan_unconfined": [
            Wording(
                "Nichts gelesen: dieser Kernel kann den Decoder nicht einsperren ({1})",
                "Einen Kernel mit seccomp-Filtern (CONFIG_SECCOMP_FILTER) oder einen Container nehmen, der sie lässt"
            )
        ],
        "scan_timed_out": [
            Wording(
                "Nichts gelesen: der Decoder brauchte zu lange",
                "Das Bild näher am Etikett aufnehmen oder die Seriennummer tippen")
        ],
        "scan_worker_missing": [
            Wording(
                "Nichts gelesen: der Decoder {1} ließ sich nicht starten",
                "muster-decode neben muster installieren")
        ],
    ]

    /// Files, disks and processes (`SystemError`), requests and certificates.
    static let files: [String: [Wording]] = [
        "path_missing": [Wording("Nichts getan: {1} ist nicht da", "Den Pfad prüfen")],
        "path_not_permitted": [
            Wording(
                "Nichts getan: dieser Benutzer darf {1} nicht benutzen",
                "Eigentümer und Rechte von {1} prüfen")
        ],
        "disk_full": [
            Wording("Nichts geschrieben: die Platte mit {1} ist voll", "Platz schaffen, dann noch einmal")
        ],
        "file_too_large": [
            Wording("{1} wurde nicht gelesen: mehr als {2} Bytes", "Eine kleinere Datei geben")
        ],
        "peer_gone": [
            Wording("Die Nachricht ging nicht hinaus: das andere Programm ist zu Ende", "Noch einmal tun")
        ],
        "system_timed_out": [Wording("Nicht länger gewartet: die Zeit ist um", "Noch einmal tun")],
        "system_refused": [Wording("Das System verweigert {1}: {2}", "`muster doctor` aufrufen")],
        "credential_unreadable": [
            Wording("Nichts gesichert. ({1})", "Prüfen, ob es die richtige Datei ist und ob sie ganz ist."),
            Wording(
                "Nicht lesbar ({1}): {2}.", "Prüfen, ob es die richtige Datei ist und ob sie ganz ist."),
        ],
        "credential_too_large": [
            Wording("Nichts gesichert. ({1})", "Prüfen, ob es die richtige Datei ist."),
            Wording(
                "Zu groß, nicht gelesen ({1}): mehr als {2} Bytes.", "Prüfen, ob es die richtige Datei ist."),
        ],
        "not_genuine": [
            Wording("Nichts gesichert. ({1})", "Nicht benutzen; vom Ersteller ein neues holen."),
            Wording("Nicht anerkannt ({1}): {2}.", "Nicht benutzen; vom Ersteller ein neues holen."),
        ],
        "crypto_failed": [
            Wording("Nichts gesichert. ({1})", "Dem Support melden, was getan wurde."),
            Wording("{1} ging nicht: {2}.", "Dem Support melden, was getan wurde."),
        ],
    ]
}
