import Model

extension German {
    /// What a registrar refuses, by its codes; and what is found before a device is saved.
    static let problems: [String: [Wording]] = Dictionary(
        uniqueKeysWithValues: ProblemCode.allCases.map { ($0.rawValue, [wording($0)]) })

    private static func wording(_ code: ProblemCode) -> Wording {
        switch code {
        case .claimedByAnotherTenant:
            Wording(
                "Dieses Gerät gehört einem anderen Kunden.",
                "Etikett prüfen, Gerät beiseitelegen, das nächste nehmen.")
        case .unknownDevice:
            Wording(
                "Dieses Gerät steht nicht in der Lieferliste.",
                "Seriennummer prüfen; stimmt sie, im Büro ergänzen lassen. Die Übernahme wartet."
            )
        case .claimCodeWrong:
            Wording(
                "Der Übernahmecode passt nicht zu diesem Gerät.",
                "Etikett noch einmal scannen oder im Büro einen neuen Code holen.")
        case .claimCodeMissing:
            Wording(
                "Dieses Gerät braucht seinen Übernahmecode.",
                "Den Code auf dem Etikett scannen, nicht nur die Seriennummer.")
        case .notClaimed:
            Wording(
                "Niemand vom eigenen Mandanten hat dieses Gerät übernommen.", "Erst das Gerät übernehmen.")
        case .staleVersion:
            Wording("Das Gerät hat inzwischen jemand anders geändert.", "Gerät ansehen und neu entscheiden.")
        case .identityConflict:
            Wording(
                "Die Nummern des Etiketts gehören zu zwei verschiedenen Geräten.",
                "Prüfen, ob alle Codes am selben Gerät sind, und im Büro fragen.")
        case .identityMissing:
            Wording(
                "Das Etikett nennt kein einzelnes Gerät.",
                "Den Code mit der Seriennummer scannen oder sie tippen.")
        case .certificateRequestRefused:
            Wording(
                "Der Zertifikatsantrag wurde nicht angenommen.",
                "Einen neuen Antrag machen, wie der Grund es sagt.")
        case .keyReused:
            Wording(
                "Dieser Schlüssel gehört schon einem anderen Gerät.",
                "Auf dem Gerät einen neuen Schlüssel und einen neuen Antrag machen.")
        case .targetUnknown:
            Wording("Der Registrar hat kein solches Ziel.", "Ein anderes wählen oder im Büro fragen.")
        case .targetUnfit:
            Wording(
                "Das Ziel nimmt das Gerät so, wie es sich ausweist, nicht an.",
                "Mit einem Zertifikatsantrag einrichten oder im Büro ein anderes Ziel nennen lassen.")
        case .targetRefused:
            Wording(
                "Das Ziel hat das Gerät nicht angenommen; vom Versuch ist dort nichts geblieben.",
                "Tun, was der Grund sagt, dann noch einmal einrichten.")
        case .notProvisioned:
            Wording("Das Gerät ist nirgends eingerichtet.", "Erst das Gerät einrichten.")
        case .predecessorMissing:
            Wording(
                "Ein früherer Vorgang dieses Geräts ist nicht angekommen.",
                "Noch einmal abgleichen; der frühere wird zuerst gesendet.")
        case .predecessorFailed:
            Wording(
                "Ein früherer Vorgang dieses Geräts wurde abgelehnt.", "Erst den früheren Vorgang klären.")
        case .idempotencyMismatch:
            Wording(
                "Der Registrar kennt diesen Vorgang mit anderem Inhalt.",
                "Vorgang ausgeben und dem Support schicken; die Arbeit nicht wiederholen.")
        case .operationMalformed:
            Wording(
                "Der Registrar konnte den Vorgang nicht lesen.", "Vorgang ausgeben und dem Support schicken.")
        case .versionUnsupported:
            Wording(
                "Der Registrar ist älter als dieser Vorgang.",
                "Den Registrar im Büro erneuern lassen; nichts geht verloren.")
        case .unknownSite:
            Wording(
                "Der Registrar hat keinen solchen Standort.",
                "Einen Standort der Liste wählen oder im Büro ergänzen lassen.")
        case .unknownTenant:
            Wording(
                "Der Registrar hat keinen solchen Mandanten, der hier erlaubt ist.",
                "Einen Mandanten der Liste wählen.")
        case .signedOut, .notAuthorised, .operatorMismatch, .operationUnsigned, .signatureFalse,
            .signingKeyUnknown, .signingKeyRevoked, .notFound, .operationUnknown, .requestMalformed,
            .requestTooLarge, .methodNotAllowed, .alreadyExists, .cannotCalculateChanges, .inProgress,
            .rateLimited, .unavailable:
            serviceWording(code)
        }
    }

    private static func serviceWording(_ code: ProblemCode) -> Wording {
        switch code {
        case .signedOut:
            Wording(
                "Der Registrar weiß nicht, wer fragt.",
                "Neu anmelden oder mit einem frischen Token verbinden; Gesichertes bleibt.")
        case .notAuthorised:
            Wording(
                "Das ist hier nicht erlaubt.", "Jemanden mit dem Recht fragen oder es im Büro geben lassen.")
        case .operatorMismatch:
            Wording("Den Vorgang hat jemand anders gemacht.", "Diese Person abgleichen lassen.")
        case .operationUnsigned:
            Wording(
                "Der Vorgang ist von dem, der ihn gemacht hat, nicht unterschrieben.",
                "Diese Person neu entscheiden lassen (`muster queue resolve`); damit wird unterschrieben.")
        case .signatureFalse:
            Wording(
                "Die Unterschrift des Vorgangs ist nicht die der genannten Person.",
                "Nicht noch einmal senden; den Vorgang ausgeben und im Büro melden.")
        case .signingKeyUnknown:
            Wording(
                "Der Registrar kennt den Schlüssel nicht, mit dem unterschrieben wurde.",
                "Diese Person einmal mit der eigenen Anmeldung abgleichen lassen; bis dahin wartet er.")
        case .signingKeyRevoked:
            Wording(
                "Der Schlüssel, mit dem unterschrieben wurde, ist beendet.",
                "Im Büro fragen, warum; nach neuer Anmeldung den Vorgang neu entscheiden.")
        case .notFound: Wording("Unter diesem Namen gibt es hier nichts.", "Namen prüfen.")
        case .operationUnknown:
            Wording("Der Registrar hat diesen Vorgang nie gesehen.", "Abgleichen; er wird gesendet.")
        case .requestMalformed:
            Wording(
                "Der Registrar konnte die Anfrage nicht lesen.",
                "Beide Seiten auf passende Versionen bringen.")
        case .requestTooLarge:
            Wording("Die Anfrage ist größer, als der Registrar sie nimmt.", "Weniger auf einmal senden.")
        case .methodNotAllowed:
            Wording(
                "Das geht an dieser Adresse nicht.", "In der API-Beschreibung /v1/openapi.json nachsehen.")
        case .alreadyExists:
            Wording(
                "Etwas mit diesem Namen gibt es schon.",
                "Einen anderen Namen wählen oder das Vorhandene nehmen.")
        case .cannotCalculateChanges:
            Wording("Die Liste auf diesem Tablet ist zu alt, um sie fortzuschreiben.", "Neu laden.")
        case .inProgress:
            Wording("Der Registrar arbeitet noch an diesem Vorgang.", "Warten; es wird nachgefragt.")
        case .rateLimited: Wording("Der Registrar ist ausgelastet.", "Warten; es wird von selbst wiederholt.")
        case .unavailable:
            Wording("Der Registrar kann gerade nicht antworten.", "Warten; es wird von selbst wiederholt.")
        case .claimedByAnotherTenant, .unknownDevice, .claimCodeWrong, .claimCodeMissing, .notClaimed,
            .staleVersion,
            .identityConflict, .identityMissing, .certificateRequestRefused, .keyReused, .predecessorMissing,
            .predecessorFailed, .idempotencyMismatch, .operationMalformed, .versionUnsupported, .unknownSite,
            .unknownTenant, .targetUnknown, .targetUnfit, .targetRefused, .notProvisioned:
            wording(code)
        }
    }

    /// `CommissioningFinding`; `identity_missing` is among the registrar's.
    static let findings: [String: [Wording]] = [
        "product_unknown": [
            Wording(
                "Kein Produkt des Katalogs passt zu diesem Etikett.",
                "Das Produkt wählen, wenn der Registrar die Übernahme ablehnt.")
        ],
        "product_mismatch": [
            Wording(
                "Nichts wurde gespeichert: Das Etikett ist von einem anderen Produkt als {1}.",
                "Das genannte Produkt prüfen; stimmt es, das Gerät beiseitelegen."),
            Wording(
                "Nichts wurde gespeichert: Das Etikett ist vom Produkt {1}, genannt war {2}.",
                "Das Produkt weglassen, wenn das Etikett stimmt; sonst das Gerät beiseitelegen."),
        ],
        "product_not_listed": [
            Wording(
                "Der Katalog auf diesem Tablet hat kein Produkt {1}.",
                "Schreibweise prüfen oder abgleichen, um den neuesten Katalog zu holen.")
        ],
        "site_not_listed": [
            Wording(
                "Der Katalog auf diesem Tablet hat keinen Standort {1}.",
                "Schreibweise prüfen oder abgleichen, um den neuesten Katalog zu holen.")
        ],
        "claimed_same_tenant": [
            Wording(
                "Das Gerät gehört schon zum eigenen Mandanten.",
                "Prüfen, ob es das richtige ist; beim Weitermachen bekommt es einen neuen Ort."),
            Wording(
                "Das Gerät gehört schon zum eigenen Mandanten, Standort {1}.",
                "Prüfen, ob es das richtige ist; beim Weitermachen bekommt es einen neuen Ort."),
        ],
        "already_saved": [
            Wording(
                "Die Übernahme dieses Geräts ist schon gesichert und wird nicht doppelt gesichert.",
                "Mit dem nächsten Gerät weitermachen.")
        ],
        "job_not_listed": [
            Wording(
                "Der Katalog auf diesem Tablet hat keinen offenen Auftrag {1}.",
                "Schreibweise prüfen oder abgleichen, um den neuesten Katalog zu holen.")
        ],
        "job_device_unexpected": [
            Wording(
                "Die Liste des Auftrags {1} enthält dieses Gerät nicht.",
                "Prüfen, ob es das richtige ist; beim Weitermachen wird es unter dem Auftrag übernommen.")
        ],
        "job_other_site": [
            Wording(
                "Der Auftrag gehört zum Standort {1}, und ein anderer ist gewählt.",
                "Prüfen, wo das ist; es gilt der gewählte Standort.")
        ],
        "job_other_position": [
            Wording(
                "Der Auftrag erwartet dieses Gerät an {1}.",
                "Dorthin setzen, oder weitermachen und im Büro Bescheid sagen; es gilt der gewählte Platz.")
        ],
        "position_taken": [
            Wording(
                "{1} ist schon an {2}.",
                "Den Platz prüfen; beim Weitermachen stehen beide Geräte dort.")
        ],
        "clock_wrong": [
            Wording(
                "Die Uhr dieses Tablets weicht {1} Sekunden von der des Registrars ab.",
                "Uhr stellen; bis dahin gilt die Zeit des Registrars.")
        ],
    ]
}
