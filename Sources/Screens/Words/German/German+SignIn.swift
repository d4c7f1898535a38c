extension German {
    /// Who works, and until when.
    static let signIn: [Phrase: String] = [
        .homeSignedIn: "{1} ist angemeldet bis {2}.",
        .homeSignInEnded:
            "! Die Anmeldung von {1} endete {2}. Gesichert wird weiter; zum Senden: Wer, dann Anmelden.",
        .signInUntil: "bis {1}",
        .signedInUntil: "{1} ist angemeldet bis {2}",
        .signedOutOf: "{1} ist abgemeldet; Gesichertes wartet",
        .signedOutHere: "{1} ist hier abgemeldet; der Registrar weiß es nicht",
        .signInPassword: "Passwort",
        .signInAsking: "Der Registrar wird gefragt…",
        .signInSaved: "Ohne Anmeldung wird wie bisher gesichert und nach der nächsten gesendet.",
        .signInWrong: "Name oder Passwort stimmt nicht. Passwort noch einmal, oder Esc für den Namen.",
        .signInLimited: "Zu viele falsche Passwörter: vor {1} sieht der Registrar keines mehr an.",
        .signInVault: "Der Tresor von {1} ist zu: {1} unter Wer wählen und ihn öffnen, dann anmelden.",
        .signInOffline: "Es geht auch ohne: was erfasst wird, wird gesichert.",
        .signInWho: "Bitte den Namen tippen, den der Registrar kennt.",
        .signInScanned: "Ein Scan meldet niemanden an.",
    ]

    /// What stands in the way of a hand-over, a proof or a sign-in.
    static let reasons: [Phrase: String] = [
        .factLink: "Weg",
        .factKnownBy: "erkannt an",
        .factConsole: "Konsole",
        .factService: "Dienst",
        .reasonHandingOver: "Gerade wird übergeben; zuerst anhalten.",
        .reasonNothingToStop: "Es ist nichts im Gang.",
        .reasonNoLink: "Zuerst einen Weg zum Gerät wählen.",
        .reasonNotKnownBy: "Nichts sagt, woran das Gerät erkannt wird: „Erkannt an“ drücken.",
        .reasonNoDeviceCommand: "Unklar, was dort ist: „Konsole“ drücken oder ein Verzeichnis angeben.",
        .reasonLinkKnowsItself: "Auf diesem Weg ist das Gerät mit nichts zu verwechseln.",
        .reasonNoConsole: "Auf diesem Weg wird an keiner Konsole getippt.",
        .reasonNoKeyQuestion: "Zu seinem Schlüssel steht keine Frage an.",
        .reasonVerifying: "Es wird gerade versucht.",
        .reasonNoService: "Niemand weiß, womit sich das Gerät verbindet: „Dienst“ drücken.",
        .reasonNoRoot: "Nichts sagt, wem der Dienst geglaubt wird: „Wurzel“ drücken.",
        .reasonNoTarget:
            "Es ist an keinem Ziel; die eigene CA des Registrars sieht kein Gerät sich verbinden.",
        .reasonAskedAlready: "Das Ziel ist schon gefragt; die Antwort steht aus.",
        .reasonNoWayKnown: "Kein Weg zu ihm ist bekannt: „Weg“ drücken oder ihm zuerst übergeben.",
        .reasonNobodyAnswers: "Dort antwortet niemand: „Weg“ drücken; an seinem Ende muss das Gerät sein.",
        .reasonNothingToInterrupt: "Nach einer Unterbrechung ist nicht gefragt.",
        .reasonAsking: "Der Registrar wird gerade gefragt.",
        .reasonNoTeam:
            "Noch kein Registrar eines Teams bekannt: `muster sign-in --registrar URL --root DATEI`.",
        .reasonSignedOut: "Niemand ist angemeldet.",
    ]
}
