package import Foundation

/// Looks for a secret in files, in every way in which bytes are usually written: as they are, reversed, in hexadecimal, in
/// base64 at each of its three alignments, percent-encoded, and in UTF-16.
package struct SecretSearch {
    private let forms: [(name: String, bytes: Data)]

    /// `secret` must be long enough not to turn up by chance: 12 bytes or more.
    package init(_ secret: String) {
        self.init(Data(secret.utf8))
    }

    package init(_ raw: Data) {
        let hex = raw.map { String(format: "%02x", $0) }.joined()
        var forms: [(String, Data)] = [
            ("raw", raw), ("reversed", Data(raw.reversed())), ("hex", Data(hex.utf8)),
            ("HEX", Data(hex.uppercased().utf8)),
            ("percent", Data(raw.map { String(format: "%%%02X", $0) }.joined().utf8)),
        ]
        if let text = String(data: raw, encoding: .utf8) {
            forms.append(("utf-16le", text.data(using: .utf16LittleEndian) ?? raw))
            forms.append(("utf-16be", text.data(using: .utf16BigEndian) ?? raw))
        }
        for shift in 0..<3 {
            // What surrounds the secret reaches into the first and the last characters: they are left out.
            let text = (Data(repeating: 0, count: shift) + raw).base64EncodedString()
            let inner = text.dropFirst(shift == 0 ? 0 : 4).prefix((raw.count - 3) / 3 * 4)
            forms.append(("base64+\(shift)", Data(inner.utf8)))
            let url = inner.replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            if url != inner { forms.append(("base64url+\(shift)", Data(url.utf8))) }
        }
        self.forms = forms
    }

    /// In which form the bytes hold the secret; `nil` when they do not.
    package func form(in data: Data) -> String? {
        // Base64 is often broken into lines, in JSON with the escape of it.
        let joined = Data(
            data.split(separator: UInt8(ascii: "\n")).joined()
        ).replacing(Data("\\n".utf8), with: Data())
        return forms.first { data.range(of: $0.bytes) != nil || joined.range(of: $0.bytes) != nil }?.name
    }

    /// The files below a directory that hold it, each with the form.
    package func hits(in directory: String) throws -> [String] {
        let files = FileManager.default.enumerator(atPath: directory)?.compactMap { $0 as? String } ?? []
        return files.sorted().compactMap { name in
            guard let data = FileManager.default.contents(atPath: directory + "/" + name),
                let form = form(in: data)
            else { return nil }
            return "\(name) (\(form))"
        }
    }
}
