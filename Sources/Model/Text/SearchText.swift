/// Text as identifiers are searched by: lower case, without the separators that labels and people put in.
package enum SearchText {
    package static func fold(_ text: String) -> String {
        String(text.lowercased().filter { !$0.isWhitespace && !separators.contains($0) })
    }

    private static let separators: Set<Character> = [":", "-", ".", "_", "/"]
}
