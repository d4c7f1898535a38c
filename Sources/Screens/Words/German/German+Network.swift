extension German {
    /// The way to the registrar: `ServiceProblem`, and calls that got no answer.
    static let network: [String: [Wording]] = [
        "registrar_unreachable": [
            Wording(
                "Registrar nicht erreicht, Gesichertes bleibt hier.",
                "Ein Netz suchen; gesendet wird dann von selbst."),
            Wording(
                "Registrar nicht erreicht, Gesichertes bleibt hier: {1}.",
                "Ein Netz suchen; gesendet wird dann von selbst."),
        ],
        "captive_portal": [
            Wording(
                "Dieses Netz antwortet anstelle des Registrars (Status {1}); Gesichertes bleibt hier.",
                "Im Browser beim Netz anmelden oder ein anderes Netz nehmen.")
        ],
        "registrar_not_trusted": [
            Wording(
                "Der Server wies sich nicht als der verbundene Registrar aus, nichts ging hinaus: {1}.",
                "Ein anderes Netz nehmen; bleibt es so, im Büro nach einem neuen Zertifikat fragen.")
        ],
        "other_registrar": [
            Wording(
                "Ein anderer Registrar hat geantwortet, `{1}`; nichts wurde gesendet.",
                "Adresse prüfen und neu verbinden, wenn der Registrar ersetzt wurde.")
        ],
        "protocol_unsupported": [
            Wording(
                "Der Registrar spricht Version `{1}` des Protokolls.", "Muster erneuern; Gesichertes bleibt.")
        ],
        "registrar_busy": [
            Wording(
                "Der Registrar nimmt gerade nichts an ({1}); Gesichertes bleibt hier.",
                "Warten; es wird von selbst wiederholt."),
            Wording(
                "Der Registrar bittet um {1} s Geduld ({2}); Gesichertes bleibt hier.",
                "Warten; es wird von selbst wiederholt."),
        ],
        "signed_out": [
            Wording(
                "Der Registrar hat keine gültige Anmeldung von {1}; Gesichertes wartet.",
                "{1} neu anmelden oder mit einem frischen Token verbinden.")
        ],
        "not_authorised": [
            Wording(
                "{1} darf das für {2} nicht; Gesichertes wartet.",
                "Das Recht im Büro geben lassen; es wird von selbst wiederholt.")
        ],
        "update_needed": [
            Wording(
                "Der Registrar nimmt von dieser Version nichts mehr an; Gesichertes wartet.",
                "Muster erneuern.")
        ],
        "receipt_not_accepted": [
            Wording(
                "Eine Quittung wurde nicht geglaubt: {1}.",
                "Die Arbeit so lassen und dem Support melden; es wird nachgefragt.")
        ],
        "feed_unreadable": [
            Wording(
                "Die Listen von {1} sind nicht auf dem neuesten Stand ({2}).",
                "Später noch einmal abgleichen; das Senden betrifft es nicht.")
        ],
        "not_paired": [
            Wording(
                "Kein Registrar ist verbunden; Gesichertes bleibt.",
                "`muster registrar pair` oder `muster registrar use embedded` aufrufen.")
        ],
        "not_reached": [
            Wording("Der Server wurde nicht erreicht: {1}.", "Netz und Adresse prüfen, dann noch einmal.")
        ],
        "timed_out": [
            Wording("Der Server hat nicht rechtzeitig geantwortet.", "Netz prüfen, dann noch einmal.")
        ],
        "not_trusted": [
            Wording(
                "Der Server hat sich nicht ausgewiesen, also wurde nichts gesendet: {1}.",
                "Ein anderes Netz nehmen oder das Zertifikat des Servers prüfen.")
        ],
        "tls_failed": [
            Wording(
                "Keine sichere Verbindung, also wurde nichts gesendet: {1}.",
                "Prüfen, ob der Server TLS 1.2 oder neuer spricht.")
        ],
        "reply_too_large": [
            Wording(
                "Die Antwort des Servers ist größer, als es Sinn ergibt.",
                "Adresse prüfen: das ist vielleicht nicht der gemeinte Server.")
        ],
        "cancelled": [Wording("Die Anfrage wurde abgebrochen.", "Noch einmal, wenn es passt.")],
        "url_unusable": [
            Wording(
                "Die Anfrage kann nicht gesendet werden: {1}.",
                "Adresse prüfen: sie beginnt mit https://.")
        ],
        "library_missing": [
            Wording(
                "Von diesem Rechner kann nichts gesendet werden: {1}.", "Das Paket libcurl4 installieren.")
        ],
    ]

    /// Words within an explanation that are Muster's own, by the explanation's id.
    static let terms: [String: [String: String]] = [
        "receipt_not_accepted": [
            "no key of the paired registrar verifies its signature":
                "kein Schlüssel des verbundenen Registrars bestätigt ihre Signatur",
            "its content is not that of a receipt": "ihr Inhalt ist nicht der einer Quittung",
            "it names another registrar": "sie nennt einen anderen Registrar",
            "it names another operation": "sie nennt einen anderen Vorgang",
            "it names other content than was sent": "sie nennt anderen Inhalt, als gesendet wurde",
        ],
        "wedge_layout_mismatch": [
            "US English": "US-Englisch", "German": "Deutsch", "French": "Französisch",
            "UK English": "UK-Englisch",
        ],
    ]
}
