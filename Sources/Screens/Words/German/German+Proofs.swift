extension German {
    /// Proofs of connections, and trust that is taken back.
    static let proofs: [Phrase: String] = [
        .verifyStart: "PRÜFEN",
        .verifyRunning: "Verbindung zu {1} anstelle des Geräts…",
        .verifyKeyInVault: "der gemachte im Tresor",
        .verifyNoKey: "keiner: geprüft wird nur der Dienst",
        .verifyNothing: "Von seiner Verbindung ist noch nichts nachgewiesen.",
        .verifyNotProven: "Nichts ist nachgewiesen.",
        .verifyFailedAt: "Nicht verbunden mit {1}: {2}",
        .verifyHandshake: "{1}, ausgewiesen als {2}",
        .verifyRoundTrip: "MQTT {1}: eine Nachricht kam zurück auf {2}",
        .verifyPresented: "Es zeigte {1}",
        .verifySync: "ABGLEICHEN",
        .verifyOpen: "ANSEHEN",
        .verifyAskingTarget: "Der Registrar fragt sein Ziel, ob es das Gerät gesehen hat…",
        .verifyAskingDevice: "Das Gerät wird über {1} nach seiner letzten Verbindung gefragt…",
        .verifyAsk: "DAS GERÄT FRAGEN",
        .verifyAskMeans: "Es signiert für seine letzte Verbindung; geändert wird in ihm nichts.",
        .verifyIsAsked: "Sein Ziel ist gefragt; die Antwort steht aus.",
        .verifyWaits:
            "Die Frage ist gesichert. Sie wird von selbst gestellt, sobald ein Netz da ist; die Antwort steht dann hier.",
        .verifyWaitsForSignIn:
            "Die Frage ist gesichert. Sie wird nach der nächsten Anmeldung von selbst gestellt; die Antwort steht dann hier.",
        .verifySent: "Die Frage ist unterwegs; die Antwort steht noch aus und erscheint hier.",
        .verifyGivenUp: "Die Frage wurde aufgegeben: es wird nichts gefragt.",
        .verifyRefused: "Der Registrar hat es nicht angenommen.",
        .verifyAsksInterruption:
            "Darf das Gerät kurz hinausgeworfen werden? Dann „Unterbrechen“ drücken.",
        .verifyTargetKnows:
            "Sein Schlüssel ist nicht hier: vielleicht hat sein Ziel es gesehen, „Ziel fragen“ drücken.",
        .interruptMeans:
            "Muster verbindet sich unter dem Namen von {1}. Ist das Gerät gerade verbunden, fliegt es kurz hinaus.",
        .proofTarget: "Online nach dem Wort seines Ziels: gesehen an {1}, {2}",
        .proofDevice: "Online nach eigenem, signiertem Wort: verbunden mit {1}, {2}",
        .proofOldOrNew: "ob mit altem oder neuem Zertifikat, ist nicht bekannt",
        .proofPrincipals: "{1} nahm Schlüssel und Zertifikat an, {2}",
        .proofService: "{1} hat sich ausgewiesen, {2}; vom Gerät ist nichts nachgewiesen",
        .revokeMeans: "Jedes Zertifikat von {1} kommt auf die Sperrliste. Zurück geht das nicht.",
        .revokePrompt: "Den Grund wählen; dann wird nach dem Ende des Namens gefragt.",
        .revokeUnspecified: "ohne Angabe",
        .revokeKeyCompromise: "jemand anders hat vielleicht den Schlüssel",
        .revokeAffiliationChanged: "es gehört jetzt jemand anderem",
        .revokeSuperseded: "ein anderes Zertifikat ist an seiner Stelle",
        .revokeCessation: "es tut diese Arbeit nicht mehr",
        .revokePrivilegeWithdrawn: "es darf das nicht mehr",
    ]

    /// What is typed before something is done, and where that is asked.
    static let confirming: [Phrase: String] = [
        .textLinkHint:
            "Ein Verzeichnis dir:PFAD, eine Leitung serial:PFAD@TEMPO, https://HOST, http://ADRESSE oder ssh://NUTZER@HOST/PFAD.",
        .textKnownByHint:
            "Für https: sha256: und Hash seines Schlüssels oder Datei mit der Wurzel; für ssh: Datei mit dem Host-Schlüssel. Leer: wie üblich.",
        .textConsoleHint:
            "Ein Profil seiner Konsole, eine .json-Datei; für ssh auch der Befehl, der das Protokoll spricht. Leer: keines.",
        .textServiceHint:
            "Womit sich das Gerät verbindet, etwa mqtts://broker.example; leer für das, was der Registrar angibt.",
        .textRevokeHint: "Was ist geschehen? Es steht dann im Verlauf; leer für nichts.",
        .filesKey: "Schlüssel des Geräts",
        .filesRoot: "Wurzelzertifikat des Dienstes",
        .confirmPrompt: "Die letzten {1} Zeichen von {2} tippen, dann Enter.",
        .confirmField: "Ende des Namens",
        .confirmDiffers: "So endet {1} nicht. Nichts ist geschehen.",
        .confirmScanned: "Bitte tippen: ein Scan bestätigt hier nichts.",
    ]
}
