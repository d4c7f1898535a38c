import Model
import Processes
import TestSupport
import Testing

/// `muster-registrar init --issuing-key`, with the real programs, a TPM and PKCS #11 tokens.
@Suite struct IssuingKeyTests {
    private let tokens: SoftToken
    private let home: Home

    init() throws {
        tokens = try SoftToken(["acme"])
        home = try Home(tokens.environment)
    }

    private func standing() throws -> String {
        try home.registrar("status --directory reg").output
    }

    @Test(arguments: [("", "256"), ("--issuing-key-kind p256", "256"), ("--issuing-key-kind p384", "384")])
    func `a registrar issues by a key in a token, and openssl verifies what it issues`(
        _ kind: String, _ bits: String
    ) throws {
        let made = try home.registrar(
            "init --directory reg --issuing-key \(tokens.uri("acme", "issuing")) \(kind)")
        try #require(made.code == 0, "\(made.errors)")
        let listed = try home.registrar("status --directory reg --json")
        #expect(listed.output.contains("in a PKCS #11 token (pkcs11:token=acme;object=issuing)"))
        for line in [
            "tenant add acme", "site add oslo-1 --tenant acme", "product add generic --admission open",
            "operator add jk --role support --tenant acme",
        ] {
            try #require(try home.registrar("\(line) --directory reg").code == 0)
        }
        let server = try Server(home, directory: "reg")
        try #require(
            try home.registrar(
                "pairing jk --directory reg --url https://127.0.0.1:\(server.port) --output jk.pairing"
            ).code == 0)
        try #require(try home.muster("registrar pair jk.pairing").code == 0)
        let request = try home.shell(
            """
            openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout device.key -subj /CN=SN-1 \
                -out device.csr
            """)
        try #require(request.code == 0)
        let commissioned = try home.muster(
            "commission --serial SN-1 --csr device.csr --certificate chain.pem")
        #expect(commissioned.code == 0, "\(commissioned.output)\(commissioned.errors)")
        try #require(try home.registrar("crl --directory reg --output list.crl").code == 0)
        let verified = try home.shell(
            """
            openssl crl -inform DER -in list.crl -out list.pem &&
            openssl verify -x509_strict -CAfile reg/keys/root.pem -untrusted reg/keys/issuing.pem chain.pem &&
            openssl crl -in list.pem -noout -verify -CAfile reg/keys/issuing.pem &&
            openssl x509 -in chain.pem -noout -text && openssl crl -in list.pem -noout -text
            """)
        #expect(verified.code == 0, "\(verified.output)\(verified.errors)")
        let algorithms = verified.output.split(separator: "\n").filter {
            $0.contains("Signature Algorithm:")
        }
        #expect(algorithms.count >= 3)
        #expect(algorithms.allSatisfy { $0.hasSuffix("ecdsa-with-SHA\(bits)") }, "\(algorithms)")
        try server.stop()
    }

    @Test
    func `a token that is gone is said, and what is wrong with a choice is refused before anything is made`()
        throws
    {
        let uri = tokens.uri("acme", "issuing")
        try #require(try home.registrar("init --directory reg --issuing-key \(uri)").code == 0)
        #expect(try !standing().contains("!"))
        try tokens.remove()
        let said = try standing()
        #expect(said.contains("! The key in a token was not used: the token is not there."), "\(said)")
        #expect(try home.registrar("init --directory two --issuing-key \(uri)").code == 1)
        try tokens.restore()
        #expect(try !standing().contains("!"))
        for choice in ["elsewhere", "pkcs11:token=acme", "tpm:nowhere"] {
            let refused = try home.registrar("init --directory three --issuing-key \(choice)")
            #expect(refused.code != 0 && !refused.errors.isEmpty, "\(choice)")
        }
        #expect(try Files.status(home.directory.file("three/registrar.db")) == nil)
        let other = try home.registrar("init --directory four --issuing-key \(uri) --issuing-key-kind p384")
        #expect(other.code == 1 && other.errors.contains("module_other_kind"), "\(other.errors)")
        #expect(other.errors.contains("is EC P-256, and another was asked for"))
    }

    @Test(arguments: ["p256", "p384"]) func `a registrar issues by a TPM`(_ kind: String) throws {
        let emulated = try SoftwareTPM()
        try #require(
            try home.registrar(
                "init --directory reg --issuing-key tpm:\(emulated.tcti) --issuing-key-kind \(kind)"
            ).code == 0)
        try #require(try home.registrar("crl --directory reg --output list.crl").code == 0)
        let verified = try home.shell(
            """
            openssl crl -inform DER -in list.crl -noout -verify -CAfile reg/keys/issuing.pem &&
            openssl verify -x509_strict -CAfile reg/keys/root.pem reg/keys/issuing.pem &&
            openssl crl -inform DER -in list.crl -noout -text
            """)
        #expect(verified.code == 0, "\(verified.output)\(verified.errors)")
        #expect(verified.output.contains("ecdsa-with-SHA\(kind.dropFirst())"))
        #expect(try standing().contains("in the TPM at \(emulated.tcti)"))
        #expect(try !standing().contains("!"))
        try emulated.stop()
        #expect(try standing().contains("! The TPM was not used: there is none at"))
    }
}
