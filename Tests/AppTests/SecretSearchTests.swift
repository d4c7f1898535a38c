import Foundation
import TestSupport
import Testing

/// A search that finds nothing proves nothing: here it finds each form.
@Suite struct SecretSearchTests {
    private let secret = "Kanarienvogel-4711!"

    @Test func `every form is found, wherever it stands`() {
        let search = SecretSearch(secret)
        let raw = Data(secret.utf8)
        for shift in 0..<3 {
            let padded = Data(repeating: 7, count: shift) + raw + Data(repeating: 9, count: 5)
            #expect(search.form(in: Data(padded.base64EncodedString().utf8)) != nil, "base64 \(shift)")
        }
        let hex = raw.map { String(format: "%02x", $0) }.joined()
        for text in [secret, String(secret.reversed()), hex, hex.uppercased()] {
            #expect(search.form(in: Data("x\(text)y".utf8)) != nil, "\(text)")
        }
        #expect(search.form(in: secret.data(using: .utf16LittleEndian) ?? Data()) == "utf-16le")
        #expect(search.form(in: Data("nothing of it".utf8)) == nil)
    }
}
