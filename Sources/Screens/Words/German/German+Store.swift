extension German {
    /// `StoreError` and the database under it.
    static let store: [String: [Wording]] = [
        "store_full": [
            Wording(
                "Nichts mehr gesichert: die Platte ist voll.",
                "Platz schaffen, dann den letzten Schritt noch einmal."),
            Wording(
                "Nichts mehr gesichert: die Platte mit {1} ist voll.",
                "Platz schaffen, dann den letzten Schritt noch einmal."),
        ],
        "store_busy": [
            Wording(
                "Nichts gesichert: ein anderer Prozess schreibt in den Speicher.",
                "Kurz warten, dann den letzten Schritt noch einmal.")
        ],
        "store_read_only": [
            Wording(
                "Nichts gesichert: {1} ist nicht beschreibbar.",
                "Eigentümer und Rechte der Datei und ihres Verzeichnisses prüfen.")
        ],
        "store_cannot_open": [
            Wording(
                "Der Speicher {1} ließ sich nicht öffnen: {2}.",
                "Prüfen, ob das Verzeichnis da ist und dem Benutzer gehört.")
        ],
        "store_corrupt": [
            Wording(
                "Der Speicher {1} ist beschädigt: {2}.",
                "Die Datei kopieren und vom Support retten lassen, was darin ist.")
        ],
        "store_foreign": [
            Wording(
                "{1} ist die Datenbank eines anderen Programms und blieb unberührt.",
                "Einen anderen Ort für den Speicher nennen.")
        ],
        "store_newer": [
            Wording(
                "{1} stammt von einer neueren Version (Schema {2}, bekannt bis {3}) und blieb unberührt.",
                "Dieses Programm erneuern.")
        ],
        "store_io": [
            Wording(
                "Die Platte mit {1} versagte: {2} ({3}). Ob der letzte Schritt gesichert ist, ist unklar.",
                "Im Ausgang nachsehen, bevor er wiederholt wird, und die Platte prüfen.")
        ],
        "store_constraint": [
            Wording(
                "Nichts gesichert: eine Regel des Speichers verbietet es ({1}).",
                "Dem Support melden, was getan wurde.")
        ],
        "store_row": [
            Wording(
                "Eine Zeile des Speichers ist nicht lesbar: {1} ist nicht, wie es geschrieben wurde.",
                "Den Speicher kopieren und vom Support ansehen lassen.")
        ],
        "store_misuse": [
            Wording(
                "Der Speicher verweigert einen Befehl: {1} ({2}).", "Dem Support melden, was getan wurde.")
        ],
        "store_conservation": [
            Wording(
                "Nichts geändert: {1} Vorgänge wurden angenommen, nachgewiesen sind {2}.",
                "Mit diesem Speicher nicht weiterarbeiten, ihn kopieren und dem Support schicken.")
        ],
        "operation_state": [
            Wording(
                "Vorgang {1} bleibt, wie er war: er ist {2}, da geht {3} nicht.",
                "Ihn im Ausgang ansehen und neu entscheiden.")
        ],
        "operation_not_here": [
            Wording("Dieser Speicher hat keinen Vorgang {1}.", "Im Ausgang nachsehen, was es gibt.")
        ],
        "operation_id_reused": [
            Wording(
                "Nichts gesichert: Vorgang {1} gibt es schon mit anderem Inhalt.",
                "Den Schritt noch einmal tun; das ergibt einen neuen Vorgang.")
        ],
        "operation_not_replaceable": [
            Wording(
                "Nichts gesichert: Vorgang {1} ist {2} und kann nicht ersetzt werden.",
                "Sein Ergebnis abwarten, dann neu entscheiden.")
        ],
        "operation_damaged": [
            Wording(
                "Vorgang {1} wurde nicht benutzt: seine Bytes sind nicht die gesicherten.",
                "Den Speicher kopieren, die Platte prüfen und den Support fragen.")
        ],
        "operation_archived": [
            Wording(
                "Der Inhalt von Vorgang {1} wird hier nicht mehr aufgehoben; seine Quittung schon.",
                "Die Quittung ansehen oder den Registrar nach dem Verlauf des Geräts fragen.")
        ],
        "receipt_foreign": [
            Wording(
                "Nichts geändert: die Quittung für Vorgang {1} gehört zu etwas anderem.",
                "Noch einmal abgleichen; beim zweiten Mal dem Support melden.")
        ],
        "operation_waits": [
            Wording(
                "Vorgang {1} bleibt, wie er war: {2} desselben Geräts kommt zuerst.", "Erst {2} klären.")
        ],
        "store_not_sender": [
            Wording(
                "Das Ergebnis wurde nicht vermerkt: ein anderer Prozess sendet jetzt.",
                "Ihn ausreden lassen oder beenden und noch einmal abgleichen.")
        ],
        "reason_missing": [
            Wording("Nichts geändert: zum Schließen eines Vorgangs gehört ein Grund.", "Den Grund nennen.")
        ],
        "signing_failed": [
            Wording(
                "Nichts gesichert: Vorgang {1} ließ sich nicht unterschreiben.",
                "`muster doctor` nach dem Schlüssel fragen, dann noch einmal.")
        ],
        "store_unwritable": [
            Wording(
                "Nichts gesichert: {1} ließ sich nicht als JSON schreiben.",
                "Dem Support melden, was getan wurde.")
        ],
    ]

    /// What the program itself says where a screen asked it for something.
    static let commands: [String: [Wording]] = [
        "device_unknown": [
            Wording(
                "Dieser Speicher kennt kein Gerät `{1}`.",
                "Nummer prüfen oder abgleichen, um die neueste Liste zu holen.")
        ],
        "pairing_damaged": [
            Wording(
                "Nichts gesichert: der Siegelschlüssel des Registrars ist nicht lesbar.",
                "Neu mit dem Registrar verbinden.")
        ],
        "registrar_unusable": [
            Wording("Der Registrar {1} ist von hier nicht zu benutzen.", "Neu mit ihm verbinden.")
        ],
        "json_malformed": [
            Wording("Das JSON ist nicht lesbar: {1}.", "Die genannte Stelle verbessern und noch einmal.")
        ],
        "template_unusable": [
            Wording(
                "Die Herstellervorlage {1} ist nicht zu benutzen: {2}",
                "Die Datei verbessern oder aus dem Verzeichnis nehmen.")
        ],
        "internal": [
            Wording(
                "Etwas ging schief, das keine Erklärung hat: {1}.", "Dem Support melden, was getan wurde.")
        ],
    ]
}
