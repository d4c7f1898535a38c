extension German {
    /// Why nothing is known by the word of a device or of its target, and what Muster does not try itself.
    static let witnesses: [String: [Wording]] = [
        "device_may_be_connected": [
            Wording(
                "Nichts wurde gesendet: {1} lässt {2} allein unter seinem eigenen Namen ein und wirft es hinaus, wenn es "
                    + "verbunden ist und jemand anders unter diesem Namen kommt.",
                "Sein Ziel fragen (`muster verify {2} --by target`). Oder die Unterbrechung erlauben (--may-interrupt), wenn sie "
                    + "jetzt nicht schadet.")
        ],
        "target_missing": [
            Wording(
                "Nichts wurde gefragt: {1} ist an keinem Ziel, und die eigene CA des Registrars sieht kein Gerät sich verbinden.",
                "Mit seinem Schlüssel verbinden (--key DATEI) oder das Gerät fragen (--by device).")
        ],
        "certificate_missing": [
            Wording(
                "Nichts ist nachgewiesen: dieser Speicher hat kein Zertifikat von {1}.",
                "Eines mit einem Antrag des Geräts ausstellen lassen, oder sein Ziel fragen (--by target).")
        ],
        "question_unknown": [
            Wording(
                "Nichts ist nachgewiesen: {1} kennt die Frage nicht, ob es sich verbunden hat.",
                "Sein Ziel fragen (`muster verify {1} --by target`) oder mit seinem Schlüssel verbinden (--key DATEI)."
            )
        ],
        "way_without_answers": [
            Wording(
                "Nichts ist nachgewiesen von {1}: an {2} antwortet niemand.",
                "Einen anderen Weg wählen (--to): serial:, https:, http: oder ssh: mit einem Befehl, der das Protokoll spricht."
            )
        ],
        "certificate_of_another": [
            Wording(
                "Nichts wurde gesendet: von {1} ist ein anderer Schlüssel vermerkt als der von {2}.",
                "Schlüssel und Zertifikat nehmen, die der Registrar zuletzt ausgestellt hat.")
        ],
        "root_missing": [
            Wording(
                "Nichts wurde gesendet: in {1} ist kein Zertifikat.",
                "Das Wurzelzertifikat des Dienstes nehmen, in PEM oder DER.")
        ],
        "no_verdict": [
            Wording(
                "Der Dienst bekam sein Zertifikat und sagt nicht, ob er es annimmt.",
                "Mit mqtts:// prüfen, wo er es sagen muss.")
        ],
        "certificate_not_asked": [
            Wording(
                "Der Dienst hat nach seinem Zertifikat nicht gefragt.",
                "Den Port prüfen: oft gibt es einen eigenen für Zertifikate. Ohne Schlüssel wird nur der Dienst geprüft."
            )
        ],
    ].merging(words) { $0 + $1 }

    /// What a witness said that proves nothing; its own words follow in brackets.
    private static let words: [String: [Wording]] = [
        "unknown_at_target": [
            Wording(
                "Nichts ist nachgewiesen: sein Ziel kennt es nicht.",
                "In seinem Verlauf nach dem Anlegen sehen; im Büro nach dem Ziel fragen.")
        ],
        "not_seen_by_target": [
            Wording(
                "Nichts ist nachgewiesen: sein Ziel hat es noch nicht gesehen.",
                "Strom und Netz des Geräts prüfen, ein, zwei Minuten warten, dann noch einmal fragen.")
        ],
        "seen_before_certificate": [
            Wording(
                "Nichts ist nachgewiesen: sein Ziel sah es zuletzt, ehe es bekam, womit es sich jetzt ausweist.",
                "Übergeben, was jetzt gilt, es sich verbinden lassen, dann noch einmal fragen.")
        ],
        "device_not_connected": [
            Wording(
                "Nichts ist nachgewiesen: nach eigenem Wort hat es sich noch nicht verbunden.",
                "Sein Netz und die Adresse seines Dienstes prüfen, dann noch einmal fragen.")
        ],
        "device_signature_false": [
            Wording(
                "Nichts ist nachgewiesen: seine Signatur ist nicht die für diese Frage, oder nicht mit dem vermerkten Schlüssel.",
                "Gerät beiseitelegen und den Schlüssel vergleichen: es ist vielleicht eine Kopie.")
        ],
        "connected_with_another": [
            Wording(
                "Nichts ist nachgewiesen: es verband sich mit einem anderen Zertifikat, als es jetzt hat.",
                "Es sich mit dem jetzigen verbinden lassen, dann noch einmal fragen.")
        ],
        "device_clock": [
            Wording(
                "Nichts ist nachgewiesen: nach seiner Uhr kann die Zeit der Verbindung nicht stimmen.",
                "Seine Uhr stellen, es sich verbinden lassen, dann noch einmal fragen.")
        ],
    ]
}
