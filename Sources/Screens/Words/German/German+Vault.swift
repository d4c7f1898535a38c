extension German {
    /// `VaultError`.
    static let vault: [String: [Wording]] = [
        "vault_locked": [
            Wording(
                "Der Tresor von {1} ist gesperrt. Gesichertes bleibt; nichts wurde gesendet.",
                "Die Passphrase eingeben: auf Nachfrage oder mit --passphrase-file.")
        ],
        "vault_passphrase_wrong": [
            Wording(
                "Das ist nicht die Passphrase des Tresors; Versuche übrig: {1}.",
                "Tastaturbelegung und Großschreibung prüfen, dann noch einmal.")
        ],
        "vault_waits": [
            Wording(
                "Nach mehreren falschen Versuchen wartet der Tresor; Sekunden übrig: {1}.",
                "Dann noch einmal versuchen.")
        ],
        "vault_closed": [
            Wording(
                "Der Tresor von {1} wurde nach {2} falschen Versuchen endgültig geschlossen. Gesichertes bleibt.",
                "`muster vault destroy` ausführen, dann neu verbinden oder anmelden.")
        ],
        "vault_missing": [
            Wording("{1} hat auf diesem Tablet keinen Tresor.", "`muster vault create` ausführen.")
        ],
        "vault_exists": [
            Wording(
                "{1} hat auf diesem Tablet schon einen Tresor.",
                "Mit `muster vault passphrase` die Passphrase ändern.")
        ],
        "vault_passphrase_weak": [
            Wording(
                "Nichts geändert: eine Passphrase muss mindestens {1} Zeichen haben.",
                "Fünf oder mehr Wörter nehmen, die niemand erraten kann.")
        ],
        "vault_passphrases_differ": [
            Wording("Nichts geändert: die zwei Passphrasen sind verschieden.", "Noch einmal eintippen.")
        ],
        "vault_pin_weak": [
            Wording("Nichts geändert: diese PIN geht nicht (sie muss: {1}).", "Eine andere wählen.")
        ],
        "vault_damaged": [
            Wording(
                "Das Geheimnis {1} im Tresor wurde verändert und nicht benutzt.",
                "`muster vault destroy` ausführen, dann neu verbinden oder anmelden.")
        ],
    ]
}
