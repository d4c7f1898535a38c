extension German {
    /// What a PKCS #11 token has to say, by the explanation's id.
    static let modules: [String: [Wording]] = [
        "module_uri": [
            Wording(
                "Schlüssel im Token nicht benutzt; zur Adresse: {1}.",
                "So schreiben: pkcs11:token=NAME;object=NAME?pin-source=/pfad/einer/datei.")
        ],
        "module_missing": [
            Wording(
                "Schlüssel im Token nicht benutzt: {1} lässt sich nicht laden ({2}).",
                "Das PKCS-#11-Modul des Herstellers installieren und in der Adresse mit module-path nennen.")
        ],
        "module_no_token": [
            Wording(
                "Schlüssel im Token nicht benutzt: der Token ist nicht da.",
                "Anschließen, oder seinen Namen mit `pkcs11-tool --list-slots` prüfen.")
        ],
        "module_two_tokens": [
            Wording(
                "Schlüssel im Token nicht benutzt: mehrere Token heißen so.",
                "Die Adresse um serial=… ergänzen.")
        ],
        "module_no_key": [
            Wording(
                "Schlüssel im Token nicht benutzt: der Token hat keinen solchen.",
                "Prüfen, ob es der richtige Token ist und er nicht neu eingerichtet wurde.")
        ],
        "module_two_keys": [
            Wording(
                "Schlüssel im Token nicht benutzt: mehrere Schlüssel heißen so.",
                "Die Adresse um id=… ergänzen.")
        ],
        "module_other_key": [
            Wording(
                "Schlüssel im Token nicht benutzt: er ist ein anderer als der bekannte, oder weder EC P-256 noch P-384.",
                "Den Token nehmen, mit dem der Registrar eingerichtet wurde.")
        ],
        "module_other_kind": [
            Wording(
                "Schlüssel im Token nicht benutzt: der dieses Namens ist {1}, und ein anderer war verlangt.",
                "Diese Art verlangen, oder dem neuen Schlüssel in der Adresse einen anderen Namen geben.")
        ],
        "module_no_pin": [
            Wording(
                "Schlüssel im Token nicht benutzt: seine PIN ist nicht aus {1} zu lesen.",
                "Die PIN in diese Datei schreiben, mit Modus 0600.")
        ],
        "module_wrong_pin": [
            Wording(
                "Falsche PIN des Tokens, und der Token hat mitgezählt.",
                "Die Datei, die pin-source nennt, berichtigen, bevor er wieder benutzt wird.")
        ],
        "module_locked": [
            Wording(
                "PIN nicht geprüft: der Token ist gesperrt.",
                "Vom Sicherheitsverantwortlichen (SO) entsperren lassen.")
        ],
        "module_refused": [
            Wording(
                "Der Token hat abgelehnt, mit Code 0x{1}.",
                "Den Code im PKCS-#11-Standard nachschlagen und den Hersteller fragen.")
        ],
    ]
}
