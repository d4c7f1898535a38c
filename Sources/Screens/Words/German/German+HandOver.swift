extension German {
    /// Why principals were not handed over.
    static let handOvers: [String: [Wording]] = [
        "bundle_manifest": [
            Wording(
                "Das Bündel wurde nicht angenommen: {1} (Verzeichnis des Bündels).",
                "Noch einmal übergeben; das Gerät hat noch, was es hatte.")
        ],
        "bundle_damaged": [
            Wording(
                "Das Bündel wurde nicht angenommen: {1} fehlt oder ist verändert.",
                "Noch einmal übergeben; das Gerät hat noch, was es hatte.")
        ],
        "hand_over_line": [
            Wording(
                "Eine Zeile des Geräts wurde nicht verstanden: {1}.",
                "Prüfen, ob das Gerät das Übergabeprotokoll in Fassung 1 spricht.")
        ],
        "console_profile": [
            Wording(
                "Das Konsolenprofil {1} wurde nicht benutzt: {2}.", "Profil berichtigen, dann noch einmal.")
        ],
        "hand_over_stopped": [
            Wording(
                "Die Übergabe an {1} wurde angehalten. Das Gerät behält, was es hatte.",
                "Noch einmal übergeben; es geht dort weiter.")
        ],
        "device_request": [
            Wording(
                "Nichts gesichert: der Antrag des Geräts wurde abgelehnt: {1}.",
                "Das Gerät den Antrag neu stellen lassen, dann noch einmal übergeben.")
        ],
        "idevid_refused": [
            Wording(
                "Nichts an {1} übergeben: {2} (IDevID des Geräts).",
                "Das Gerät beiseitelegen und den Hersteller fragen, oder die Wurzel von --idevid-root prüfen."
            )
        ],
        "key_not_made": [
            Wording(
                "Nichts übergeben: {1} kann keinen Schlüssel erzeugen, und in keinem Tresor hier liegt einer.",
                "Mit --make-key übergeben: das erzeugt einen und beantragt sein Zertifikat.")
        ],
        "key_of_another": [
            Wording(
                "Nichts übergeben: der Schlüssel von {1} liegt im Tresor von {2}.",
                "{2} übergeben lassen oder mit --make-key einen anderen erzeugen."),
            Wording(
                "Nichts wurde gesendet: der Schlüssel aus {1} gehört {2}, nicht {3}.",
                "Schlüssel und Zertifikat von {3} nehmen."),
        ],
        "other_device": [
            Wording(
                "Nichts übergeben: das ist nicht {1}. {2} am Gerät: {3}; gescannt wurde {4}.",
                "Das gescannte Gerät anschließen oder das Etikett dieses Geräts scannen."),
            Wording(
                "Nichts ist nachgewiesen: das ist nicht {1}. {2} am Gerät: {3}.",
                "Das gefragte Gerät anschließen oder das angeschlossene hier öffnen."),
        ],
        "device_unnamed": [
            Wording(
                "Nichts geschah: das Gerät sagt nichts, was auf dem Etikett von {1} steht.",
                "Ein Etikett mit der Seriennummer oder einer Adresse scannen, die das Gerät von sich kennt.")
        ],
        "cloned_identity": [
            Wording(
                "Nichts an {1} übergeben: {2}.",
                "Gerät beiseitelegen und Bescheid geben, wer den Registrar betreibt.")
        ],
        "device_refused": [
            Wording(
                "Das Gerät hat abgelehnt ({1}): {2}. Es behält, was es hatte.",
                "Tun, was der Grund verlangt, dann noch einmal übergeben."),
            Wording(
                "Nichts ist nachgewiesen von {1}: es hat abgelehnt ({2}): {3}.",
                "Tun, was der Grund verlangt, dann noch einmal fragen."),
        ],
        "not_installed": [
            Wording(
                "{1} gibt an, alles Neue zu haben, kann aber nicht alles vorweisen.",
                "Gerät beiseitelegen: es wurde nicht umgeschaltet.")
        ],
        "confirmation_false": [
            Wording(
                "Die Übergabe an {1} ist nicht bestätigt: der Nachweis stimmt nicht.",
                "Gerät beiseitelegen und noch einmal übergeben; dann den Schlüssel vergleichen.")
        ],
    ].merging(linkFailures) { $0 + $1 }

    /// Why a link to a device did not carry them.
    private static let linkFailures: [String: [Wording]] = [
        "device_silent": [
            Wording(
                "Weiter wurde nichts übergeben: auf {1} antwortet kein Gerät.",
                "Kabel, Strom und Geschwindigkeit prüfen, dann noch einmal; es geht dort weiter."),
            Wording(
                "Nichts ist nachgewiesen von {1}: auf {2} antwortet niemand.",
                "Kabel, Strom und Geschwindigkeit prüfen, dann noch einmal fragen."),
        ],
        "link_lost": [
            Wording(
                "Die Übergabe ist stehen geblieben: {1} ist weg.",
                "Gerät wieder anschließen, dann noch einmal; es geht dort weiter."),
            Wording(
                "Nichts ist nachgewiesen von {1}: {2} ist weg.",
                "Gerät wieder anschließen, dann noch einmal fragen."),
        ],
        "link_unusable": [
            Wording(
                "Nichts übergeben über {1}. Grund: {2}.",
                "Mit --to einen anderen Weg angeben oder diesen richten."),
            Wording(
                "Nichts ist nachgewiesen von {1}: {2} ist nicht zu benutzen: {3}.",
                "Einen anderen Weg wählen (--to) oder diesen richten."),
        ],
        "device_not_reached": [
            Wording(
                "Weiter wurde nichts übergeben: {1} wurde nicht erreicht: {2}.",
                "Adresse, Strom und Netz prüfen, dann noch einmal; es geht dort weiter."),
            Wording(
                "Nichts ist nachgewiesen von {1}: {2} wurde nicht erreicht: {3}.",
                "Adresse, Strom und Netz prüfen, dann noch einmal fragen."),
        ],
        "not_a_device": [
            Wording(
                "Nichts übergeben: auf {1} antwortet etwas anderes: {2}.",
                "Adresse prüfen, und ob eine Anmeldeseite dieses Netzes dazwischen steht."),
            Wording(
                "Nichts ist nachgewiesen von {1}: auf {2} antwortet etwas anderes: {3}.",
                "Adresse prüfen, und ob eine Anmeldeseite dieses Netzes dazwischen steht."),
        ],
        "device_not_trusted": [
            Wording(
                "Nichts übergeben: {1} hat sich nicht als das Gerät ausgewiesen: {2}.",
                "Fingerabdruck mit dem auf dem Gerät vergleichen; ist er ein anderer, nicht weitermachen."
            ),
            Wording(
                "Nichts ist nachgewiesen von {1}: {2} hat sich nicht als das Gerät ausgewiesen: {3}.",
                "Fingerabdruck mit dem auf dem Gerät vergleichen; ist er ein anderer, nicht weitermachen."),
        ],
        "link_not_encrypted": [
            Wording(
                "Nichts übergeben über {1}: {2}.",
                "https:// mit --device-pin oder --device-root nehmen, oder ssh://.")
        ],
        "internal": [
            Wording(
                "Die Übergabe ist stehen geblieben: {1} kann in {2} nicht geschehen.",
                "Dem Support melden, mit dem, was getan wurde.")
        ],
    ]
}
