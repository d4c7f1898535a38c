import Model

/// A profile and its file.
package struct LearnedProfile: Sendable {
    private let form: ProfileForm
    package let profile: LabelProfile

    init(_ form: ProfileForm, _ profile: LabelProfile) {
        self.form = form
        self.profile = profile
    }

    /// The file's text, as `ProfileFile` reads it.
    package func json() throws -> String { try CanonicalJSON.text(["profiles": [form]]) }

    /// What each code was taken for, in words.
    package var codes: [(role: String, use: String, how: String)] {
        form.codes.map { code in
            let how = code.pattern ?? code.format.map(FormatWords.name) ?? ""
            let kind = code.symbology.map { $0.words + ", " } ?? ""
            return (code.role, (code.use ?? .required).rawValue, kind + how)
        }
    }
}
