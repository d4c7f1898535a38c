extension German {
    /// What is wrong with a certificate request that was not saved. The finding itself stays in its own words.
    static let requests: [String: [Wording]] = [
        "key_kind": [
            Wording(
                "Nichts gesichert. ({1})",
                "Einen neuen Schlüssel machen: EC P-256 oder P-384, Ed25519, oder RSA ab 2048 Bit.")
        ],
        "key_too_small": [
            Wording(
                "Nichts gesichert. ({1})", "Einen neuen Schlüssel machen: EC P-256, oder RSA ab 2048 Bit.")
        ],
        "key_too_large": [
            Wording(
                "Nichts gesichert. ({1})",
                "Einen neuen Schlüssel machen: EC P-256, oder RSA mit 2048 oder 3072 Bit.")
        ],
        "key_of_another_device": [
            Wording(
                "Nichts gesichert. ({1})",
                "Prüfen, ob die Datei von diesem Gerät ist; sonst dort einen neuen Schlüssel machen.")
        ],
        "request_not_signed": [
            Wording(
                "Nichts gesichert. ({1})",
                "Den Antrag auf dem Gerät neu machen, mit dem Schlüssel, den es behält.")
        ],
        "digest_weak": [Wording("Nichts gesichert. ({1})", "Neu machen lassen, mit SHA-256 oder besser.")],
        "name_wrong": [
            Wording(
                "Nichts gesichert. ({1})",
                "Prüfen, ob die Datei von diesem Gerät ist; sonst neu machen, mit der Seriennummer als Namen."
            )
        ],
        "san_form": [
            Wording("Nichts gesichert. ({1})", "Weitere Namen als URI:urn:… oder DNS:name schreiben.")
        ],
        "san_wrong": [Wording("Nichts gesichert. ({1})", "Namen anderer Geräte und Dienste weglassen.")],
        "key_usage_issues_certificates": [
            Wording("Nichts gesichert. ({1})", "Neu machen lassen, ohne keyCertSign.")
        ],
        "leaf_is_authority": [
            Wording("Nichts gesichert. ({1})", "Neu machen lassen, mit basicConstraints=critical,CA:FALSE.")
        ],
    ]
}
