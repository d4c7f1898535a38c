import Labels
import Model

/// Files of templates and profiles: JSON that a vendor wrote, or somebody in the vendor's name.
enum ProfileChecks {
    static func check(_ bytes: [UInt8]) throws(Violation) {
        let file = file(bytes)
        try require(file == Self.file(bytes), "is understood differently the second time")
        switch file {
        case .success(let file):
            let reader = ReaderChecks.reader(templates: file.templates, profiles: file.profiles)
            let proof = proof(file, reader)
            try require(proof == Self.proof(file, reader), "is proven differently the second time")
            guard proof == nil else { return }
            for profile in file.profiles {
                for example in profile.examples {
                    for payload in example.codes { try LabelChecks.check(reader.read(payload), of: payload) }
                }
            }
        case .failure(let error):
            try require(
                ["template", "profile"].contains { error.explanation.id.hasPrefix($0) },
                "\(error) does not explain itself")
        }
    }

    private static func file(_ bytes: [UInt8]) -> Result<ProfileFile, TemplateError> {
        do throws(TemplateError) { return .success(try ProfileFile(json: bytes)) } catch {
            return .failure(error)
        }
    }

    /// What is wrong with the examples of the file; `nil` when nothing is.
    private static func proof(_ file: ProfileFile, _ reader: LabelReader) -> TemplateError? {
        do throws(TemplateError) { try file.prove(with: reader) } catch { return error }
        return nil
    }
}
