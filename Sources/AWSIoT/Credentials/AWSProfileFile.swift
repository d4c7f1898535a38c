import Model

/// The sections of a shared credentials or configuration file. Source: AWS SDKs and Tools Reference Guide, "Shared config
/// and credentials files".
struct AWSProfileFile: Equatable, Sendable {
    /// Settings by section; names in lower case.
    var sections: [String: [String: String]] = [:]

    /// Reads the text of the file that errors call by the name.
    init(_ text: String, name: String) throws(AWSCredentialsError) {
        var section: String?
        // The first line may start with a byte order mark, and lines may end as on Windows.
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, raw) in lines.enumerated() {
            let line = index == 0 && raw.first == "\u{FEFF}" ? raw.dropFirst() : raw
            guard let first = line.first(where: { !$0.isWhitespace }), first != "#", first != ";" else {
                continue
            }
            // An indented line belongs to a nested setting, of which none matters here.
            if line.first?.isWhitespace == true { continue }
            if first == "[" {
                guard let end = line.firstIndex(of: "]") else {
                    throw .unreadableLine(file: name, line: index + 1)
                }
                let title = String(line[line.index(after: line.startIndex)..<end]).trimmed
                section = title
                sections[title] = sections[title] ?? [:]
                continue
            }
            guard let title = section, let equals = line.firstIndex(of: "=") else {
                throw .unreadableLine(file: name, line: index + 1)
            }
            let key = String(line[..<equals]).trimmed.lowercased()
            sections[title]?[key] = Self.value(line[line.index(after: equals)...])
        }
    }

    /// A comment may follow after a blank; a secret may hold `#`.
    private static func value(_ text: Substring) -> String {
        var value = String(text).trimmed
        for mark in [" #", " ;", "\t#", "\t;"] {
            if let comment = value.firstRange(of: mark) {
                value = String(value[..<comment.lowerBound]).trimmed
            }
        }
        return value
    }
}

extension String {
    fileprivate func firstRange(of mark: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(mark) { return start..<index(start, offsetBy: mark.count) }
            start = index(after: start)
        }
        return nil
    }
}
