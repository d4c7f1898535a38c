extension German {
    /// What a TPM has to say, by the explanation's id.
    static let tpm: [String: [Wording]] = [
        "tpm_library_missing": [
            Wording(
                "TPM nicht benutzt: seine Software fehlt ({1}).",
                "`apt-get install libtss2-esys-3.0.2-0 libtss2-tctildr0 libtss2-tcti-device0` aufrufen.")
        ],
        "tpm_missing": [
            Wording(
                "TPM nicht benutzt: an {1} ist keines.", "In der Firmware einschalten, oder ohne arbeiten.")
        ],
        "tpm_not_permitted": [
            Wording(
                "TPM nicht benutzt: {1} ist hier nicht erlaubt.",
                "Den Benutzer in die Gruppe tss aufnehmen lassen, dann neu anmelden.")
        ],
        "tpm_silent": [
            Wording(
                "TPM nicht benutzt: an {1} antwortet kein TPM 2.0.",
                "Prüfen, ob es ein TPM 2.0 ist und kein anderes Programm es festhält.")
        ],
        "tpm_wrong_pin": [
            Wording(
                "Falsche PIN, und das TPM hat mitgezählt.",
                "Mit Bedacht noch einmal, oder die Passphrase nehmen."),
            Wording(
                "Falsche PIN. Versuche übrig: {1}.", "Mit Bedacht noch einmal, oder die Passphrase nehmen."),
        ],
        "tpm_pin_used_up": [
            Wording("Falsche PIN, und das TPM ist jetzt gesperrt.", "Warten, oder die Passphrase nehmen.")
        ],
        "tpm_locked": [
            Wording(
                "PIN nicht geprüft: das TPM ist gesperrt.",
                "Vom Verwalter `tpm2_dictionarylockout --clear-lockout` aufrufen lassen."),
            Wording(
                "PIN nicht geprüft: das TPM ist gesperrt und vergisst einen Fehlversuch in {1} Sekunden.",
                "So lange bei laufendem Rechner warten, oder die Passphrase nehmen."),
        ],
        "tpm_not_its_own": [
            Wording(
                "Das TPM kennt den Schlüssel nicht: ein anderes hat ihn gemacht, oder es wurde geleert.",
                "Den Rechner nehmen, der ihn gemacht hat, oder einen neuen machen.")
        ],
        "tpm_key_file": [
            Wording(
                "Schlüsseldatei nicht lesbar: es muss ein ganzer TSS2 PRIVATE KEY sein.",
                "Prüfen, ob es die richtige Datei ist.")
        ],
        "tpm_wrap": [
            Wording(
                "Was die PIN schützt, ist nicht lesbar: verändert oder nicht ganz.",
                "Die Passphrase nehmen und die PIN neu setzen.")
        ],
        "tpm_address": [
            Wording(
                "TPM nicht benutzt: `{1}` sagt nicht, wo eines ist.",
                "device:/dev/tpmrm0 schreiben, oder swtpm:path=SOCKET für ein nachgebildetes.")
        ],
        "tpm_kind": [
            Wording(
                "Kein Schlüssel: dieses TPM macht keine der Art {1}.", "EC P-256 nehmen, das jedes macht.")
        ],
        "tpm_no_endorsement_key": [
            Wording(
                "Das TPM gibt keinen Endorsement Key her: aus, oder hinter einem Passwort.",
                "In der Firmware einschalten, oder das Passwort vom Besitzer wegnehmen lassen.")
        ],
        "tpm_sealed_for_another": [
            Wording(
                "Das TPM konnte nicht öffnen, was der Dienst schickte: für einen anderen Endorsement Key.",
                "Den Schlüssel eintragen, den `muster key identity` auf diesem Rechner ausgibt.")
        ],
        "tpm_sealed_key_damaged": [
            Wording(
                "Das TPM wies ab, was der Dienst schickte: beschädigt, oder für einen anderen Storage Root Key.",
                "Neu anmelden. Bleibt es, die Schlüssel eintragen, die `muster key identity` ausgibt.")
        ],
        "tpm_key_blob": [
            Wording(
                "Der gespeicherte Schlüssel des Dienstes ist nicht lesbar: verändert oder nicht ganz.",
                "Das Gerät neu anmelden; der Dienst gibt ihm einen neuen.")
        ],
        "tpm_text_too_long": [
            Wording(
                "Nicht unterschrieben: der Text hat {1} Bytes, ein TPM nimmt {2}.",
                "Dem Gerät einen kürzeren Namen geben.")
        ],
        "tpm_refused": [
            Wording(
                "Das TPM hat abgelehnt, mit Code 0x{1}.",
                "Mit `tpm2_rc_decode` nachschlagen und dem Support melden.")
        ],
    ]
}
