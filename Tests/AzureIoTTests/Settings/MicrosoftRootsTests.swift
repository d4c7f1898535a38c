import AzureIoT
import Credentials
import Model
import Testing

@Suite struct MicrosoftRootsTests {
    /// SHA-256 of the certificates as DigiCert and Microsoft publish them.
    @Test func `the roots are those that their owners publish`() throws {
        let roots = try Certificate.chain(pem: MicrosoftRoots.both)
        #expect(
            roots.map(\.summary.fingerprint.rawValue) == [
                "cb3ccbb76031e5e0138f8dd39a23f9de47ffc35e43c1144cea27d46a5ab1cb5f",
                "c741f70f4b2a8d88bf2e71c14122ef53ef10eba0cfa5e64cfa20f418853073e0",
            ])
        #expect(roots.allSatisfy { $0.summary.subject == $0.summary.issuer })
    }
}
