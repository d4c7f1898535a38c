internal import CSystem

extension Files {
    /// The paths that a shell's pattern names (`*`, `?`, `[a-z]`), sorted; none when nothing matches.
    ///
    /// Source: `glob(3)`.
    package static func matching(_ pattern: String) throws(SystemError) -> [String] {
        var paths: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        let found = csystem_match(pattern, &paths)
        if found == -Errno.noEntry { return [] }
        guard found >= 0, let paths else { throw .from(found, call: "glob", subject: pattern) }
        defer { csystem_free_matches(paths) }
        var names: [String] = []
        while let path = paths[names.count] { names.append(String(cString: path)) }
        return names
    }
}
