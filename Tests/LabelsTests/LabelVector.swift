import Foundation
import Labels
import Model
import TestSupport
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

    /// What a format needs besides the input.
    struct Context: Decodable, Sendable {
        var regex: String?
        var algorithm: CheckAlgorithm?
        var alphabet: SerialAlphabet?
        var check: CheckAlgorithm?
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
            } else if let truth = try? container.decode(Bool.self) {
                self = .text(String(truth))
            } else if let number = try? container.decode(Int.self) {
                self = .text(String(number))
            } else if let list = try? container.decode([String].self) {
                self = .text(list.joined(separator: ","))
            } else {
                self = .devices(try container.decode([[String: Expected]].self))
            }
        }

        var text: String? { if case .text(let text) = self { text } else { nil } }
    }

    private struct File: Decodable {
        /// A vector, unless it is one of keyboard scanners, which have a runner of their own.
        struct Row: Decodable {
            var vector: LabelVector?

            init(from decoder: any Decoder) throws {
                struct Head: Decodable { var format: String }
                guard !["wedge", "wedge-timing"].contains(try Head(from: decoder).format) else { return }
                vector = try LabelVector(from: decoder)
            }
        }
        var vectors: [Row]
    }

    /// The project's own vectors, and those of the file that the environment names.
    static let all: [LabelVector] = {
        let own = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Vectors/label-vectors.json")
        let further = ProcessInfo.processInfo.environment["MUSTER_VECTORS"].map { URL(filePath: $0) }
        return [own, further].compactMap { $0 }.flatMap { url -> [LabelVector] in
            do {
                return try JSONDecoder().decode(File.self, from: Data(contentsOf: url))
                    .vectors.compactMap(\.vector)
            } catch {
                Issue.record("\(url.path) is not a file of vectors: \(error)")
                return []
            }
        }
    }()

    static let checkDigits = all.filter { $0.format == "check-digit" }
    static let typed = all.filter { $0.format == "human-entry" }
    /// Those of payloads.
    static let labels = all.filter { $0.format != "check-digit" && $0.format != "human-entry" }

    /// The vector's payload, read as the vector's format.
    func read() throws -> Result<Label, LabelFailure> {
        let payload = Payload(text: input)
        guard format == "vendor-template" else {
            return try #require(
                LabelReader.forTests().read(payload, as: format), "\(id): there is no format \(format)")
        }
        let template = try VendorTemplate(name: "vector", pattern: try #require(context?.regex, "\(id)"))
        return try #require(
            LabelReader.forTests(templates: [template]).read(payload, as: "vendor-template:vector"))
    }
}
