import Foundation
import LabelInvariants
import Testing

/// The inputs of `Tests/Corpus`: seeds of each family, and what was once found.
struct CorpusInput: CustomTestStringConvertible, Sendable {
    var family: LabelFamily
    var name: String
    var bytes: [UInt8]

    var testDescription: String { "\(family.rawValue)/\(name)" }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .appending(path: "Corpus")

    static let seeds = LabelFamily.allCases.flatMap { inputs(of: $0, in: $0.rawValue) }
    static let found = LabelFamily.allCases.flatMap { inputs(of: $0, in: "found/" + $0.rawValue) }

    private static func inputs(of family: LabelFamily, in path: String) -> [CorpusInput] {
        let folder = folder.appending(path: path)
        // A family of which nothing was found has no folder.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().compactMap { name in
            guard let data = try? Data(contentsOf: folder.appending(path: name)) else { return nil }
            return CorpusInput(family: family, name: name, bytes: [UInt8](data))
        }
    }
}
