import CommandTable

/// Commands about certificates and the requests for them.
enum CertificateCommands {
    static let lint = Command(
        "lint", "Say what is wrong with certificates, chains and certificate requests",
        discussion: [
            "Each FILE is PEM with any number of certificates and requests, or DER of one. Everything is judged here, "
                + "nothing is sent unless --ocsp or a --crl URL asks for it: keys, names, use, dates, the order of a chain and who signed what, and whether "
                + "another device of this store has the key. Errors will be refused or will not work; warnings work "
                + "today, or with some.",
            "`muster commission --csr` looks in the same way before it saves.",
        ],
        arguments: [
            .init("FILE", "A certificate, chain or request; - for standard input", .oneOrMore, isFile: true)
        ],
        options: [
            .init("device", .value("DEVICE"), "The device of this store that the file should be of"),
            .init("serial", .value("SERIAL"), "The serial that the file should name"),
            .init("root", .values("FILE"), "A root that a chain has to lead to; may repeat", isFile: true),
            .flag("ocsp", "Ask the responder that the certificate names whether it was revoked"),
            .init(
                "crl", .values("FILE|URL"), "Look it up in a revocation list; may repeat", isFile: true),
            .init(
                "issuer", .values("FILE"), "Certificates of issuers that are not in the file", isFile: true),
            .init("within", .value("DAYS"), "Warn of certificates that end within so many days; default 30"),
        ],
        examples: [
            .init("muster lint device.csr --serial NL-1", "Before the request goes to anybody"),
            .init("muster lint chain.pem --root root.pem", "Is the chain whole and in order?"),
            .init("muster lint chain.pem --ocsp --root root.pem", "Was it revoked?"),
            .init("muster lint --json device.pem", "One JSON object a file, for a script"),
        ],
        exitCodes: [.done, .failed, .usage, .badInput, .unavailable])
}
