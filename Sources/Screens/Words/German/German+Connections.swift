extension German {
    /// Why a device's service was not connected to.
    static let connections: [String: [Wording]] = [
        "hand_over_busy": [
            Wording(
                "Nichts geschah: eine angehaltene Übergabe ist noch nicht zu Ende.",
                "Ein wenig warten, dann NOCH EINMAL."),
            Wording(
                "Nichts geschah: ein anderes Muster übergibt gerade an {1}.", "Warten, bis es fertig ist."),
        ],
        "verify_busy": [
            Wording(
                "Nichts wurde gesendet: eine andere Prüfung ist noch nicht zu Ende.",
                "Ein wenig warten, dann NOCH EINMAL.")
        ],
        "name_mismatch": [
            Wording(
                "Dort ist nicht {1}: das Zertifikat gilt für {2}.",
                "Den Namen aus dem Zertifikat nehmen oder eines für diesen Namen ausstellen lassen.")
        ],
        "certificate_expired": [
            Wording(
                "Das Zertifikat {1} dort ist abgelaufen: {2}.",
                "Es erneuern lassen; auch die Uhr dieses Rechners prüfen.")
        ],
        "certificate_not_yet_valid": [
            Wording(
                "Das Zertifikat {1} dort gilt erst ab {2}.",
                "Die Uhr dieses Rechners prüfen, dann das Zertifikat.")
        ],
        "unknown_authority": [
            Wording(
                "Das Zertifikat dort führt nicht zur angegebenen Wurzel; sein Aussteller: {1}.",
                "Adresse und Wurzel prüfen; im Gastnetz zuerst anmelden: vielleicht antwortet etwas anderes.")
        ],
        "self_signed": [
            Wording(
                "Dort bürgt {1} nur für sich selbst, und das ist nicht die angegebene Wurzel.",
                "Adresse und Wurzel prüfen; im Gastnetz zuerst anmelden: vielleicht antwortet etwas anderes.")
        ],
        "not_for_servers": [
            Wording("Das Zertifikat {1} dort ist nicht für Server.", "Es ersetzen lassen.")
        ],
        "certificate_untrusted": [
            Wording("Das Zertifikat dort wurde nicht angenommen: {1}.", "Es ersetzen lassen.")
        ],
        "certificate_refused": [
            Wording(
                "Das Zertifikat des Geräts wurde dort abgelehnt: {1}.",
                "Prüfen, ob dort sein Aussteller bekannt ist, und ob es abgelaufen oder gesperrt ist.")
        ],
        "certificate_required": [
            Wording(
                "Dort wird ein Zertifikat verlangt, und es wurde keines gezeigt.",
                "Den Schlüssel des Geräts wählen, auf der Kommandozeile mit --key.")
        ],
        "tls_too_old": [Wording("Dort wird kein TLS ab 1.2 gesprochen.", "Die Gegenstelle erneuern lassen.")],
        "not_tls": [
            Wording(
                "Was dort antwortet, spricht kein TLS, sondern {1}.",
                "Den Port prüfen; im Gastnetz zuerst anmelden.")
        ],
        "hung_up": [
            Wording(
                "Die Gegenstelle legte auf, ehe etwas Sicheres zustande kam.",
                "Adresse und Port prüfen, dann noch einmal.")
        ],
        "silent": [
            Wording(
                "Die Gegenstelle hat nicht rechtzeitig geantwortet.",
                "Adresse und Port prüfen, dann noch einmal.")
        ],
        "not_resolved": [
            Wording(
                "Zu {1} wurde keine Adresse gefunden: {2}.", "Namen und Netz prüfen, dann noch einmal.")
        ],
        "mqtt_refused": [
            Wording(
                "Der Broker hat die Verbindung abgelehnt: {1}.",
                "Prüfen, ob er das Zertifikat kennt und die Client-Kennung erlaubt (--client-id gibt eine andere)."
            )
        ],
        "mqtt_version_refused": [
            Wording(
                "Der Broker spricht diese Fassung von MQTT nicht.",
                "Stattdessen das Ziel des Geräts oder das Gerät selbst fragen.")
        ],
        "mqtt_not_allowed": [
            Wording(
                "Der Broker lehnt {1} auf {2} ab: {3}.",
                "Stattdessen das Ziel des Geräts oder das Gerät fragen, oder ein Thema nehmen, das seine Regeln erlauben (--topic)."
            )
        ],
        "mqtt_not_delivered": [
            Wording(
                "Der Broker nahm eine Nachricht auf {1} und brachte sie seinem Empfänger nicht.",
                "Stattdessen das Ziel des Geräts oder das Gerät fragen, oder ein Thema nehmen, das seine Regeln erlauben (--topic)."
            )
        ],
        "mqtt_sent_away": [
            Wording(
                "Der Broker hat die Verbindung beendet: {1}.",
                "Prüfen, ob ein anderer Client dieselbe Kennung benutzt.")
        ],
        "not_mqtt": [
            Wording(
                "Was dort antwortet, spricht kein MQTT: {1}.",
                "Den Port prüfen; `tls://` prüft nur die Verbindung.")
        ],
        "mqtt_unusable": [
            Wording("Die Anfrage kann nicht gesendet werden: {1}.", "Thema und Client-Kennung prüfen.")
        ],
    ]
}
