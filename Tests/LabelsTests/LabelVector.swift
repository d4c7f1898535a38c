import Foundation
import Labels
import Model
import Testing

/// One payload with what it means, as the files of vectors hold it.
struct LabelVector: Decodable, CustomTestStringConvertible, Sendable {
    var id: String
    var format: String
    var input: String
    var valid: Bool
    var expect: [String: Expected]?
    var errors: [String]?
    var warnings: [String]?
    var context: Context?

    var testDescription: String { id }

    struct Context: Decodable, Sendable {
        var regex: String?
    }

    /// A value as the JSON holds it, and as a label's field would spell it.
    enum Expected: Decodable, Sendable {
        case text(String)
        /// Several devices in one payload.
        case devices([[String: Expected]])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .text(text)
            } else if let number = try? container.decode(Int.self) {
                self = .text(String(number))
            } else {
                self = .devices(try container.decode([[String: Expected]].self))
            }
        }
    }

    /// What a test needs of a vector whose input is text.
    private struct Row: Decodable {
        var vector: LabelVector?

        init(from decoder: any Decoder) throws {
            vector = try? LabelVector(from: decoder)
        }
    }

    private struct File: Decodable {
        var vectors: [Row]
    }

    /// The project's own vectors, and those of the file that the environment names.
    static let all: [LabelVector] = {
        let own = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Vectors/label-vectors.json")
        let further = ProcessInfo.processInfo.environment["MUSTER_VECTORS"].map { URL(filePath: $0) }
        return [own, further].compactMap { $0 }.flatMap { url -> [LabelVector] in
            guard let data = try? Data(contentsOf: url),
                let file = try? JSONDecoder().decode(File.self, from: data)
            else {
                Issue.record("\(url.path) is not a file of vectors")
                return []
            }
            return file.vectors.compactMap(\.vector)
        }
    }()

    /// Those whose format there is.
    static let understood = all.filter { names.contains($0.format) }

    /// The formats that there are.
    static let names = Set(LabelReader().formatNames + ["vendor-template"])

    func read() throws -> Result<Label, LabelFailure> {
        let payload = Payload(text: input)
        guard format == "vendor-template" else {
            return try #require(LabelReader().read(payload, as: format))
        }
        let template = try VendorTemplate(name: "vector", pattern: try #require(context?.regex))
        return try #require(LabelReader(templates: [template]).read(payload, as: "vendor-template:vector"))
    }
}
