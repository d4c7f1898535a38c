/// A list of texts as bytes to be signed: each with its length in bytes and a colon before it and a line feed behind it, so
/// that no two lists give the same bytes.
package enum LengthPrefixed {
    package static func bytes(_ parts: [String]) -> [UInt8] {
        Array(parts.map { "\($0.utf8.count):\($0)\n" }.joined().utf8)
    }
}
