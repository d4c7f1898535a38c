extension CloudLimit {
    /// For a call that no limit covers: the documents give no number, and without one a fault in a loop
    /// would have no bound.
    package static func unlisted(plane: String, call: String) -> CloudLimit {
        CloudLimit(
            "unlisted_\(plane)_\(call)", plane: plane, calls: [call], count: 5, seconds: 1,
            source: "no documented limit; a careful rate")
    }
}
