import Foundation
import Testing

/// One vector of the formats `wedge` and `wedge-timing`, as the project's file of label vectors holds it.
struct WedgeVector: Decodable, CustomTestStringConvertible, Sendable {
    var id: String
    var format: String
    var input: Input
    var valid: Bool
    var expect: Expected?
    var errors: [String]?
    var context: Context?

    var testDescription: String { id }

    /// Text, or characters with their times in milliseconds.
    enum Input: Decodable, Sendable {
        case text(String)
        case keys([(Unicode.Scalar, Int64)])

        init(from decoder: any Decoder) throws {
            if let text = try? decoder.singleValueContainer().decode(String.self) {
                self = .text(text)
                return
            }
            var list = try decoder.unkeyedContainer()
            var keys: [(Unicode.Scalar, Int64)] = []
            while !list.isAtEnd {
                var pair = try list.nestedUnkeyedContainer()
                let text = try pair.decode(String.self)
                let time = try pair.decode(Int64.self)
                keys += text.unicodeScalars.map { ($0, time) }
            }
            self = .keys(keys)
        }
    }

    struct Expected: Decodable, Sendable {
        var payload: String?
        var aim: String?
        var terminator: String?
        var origin: String?
    }

    struct Context: Decodable, Sendable {
        var gsSubstitute: String?
        var prefix: String?
        var suffix: String?
    }

    private struct File: Decodable {
        struct Row: Decodable {
            var vector: WedgeVector?

            init(from decoder: any Decoder) throws {
                struct Head: Decodable { var format: String }
                guard ["wedge", "wedge-timing"].contains(try Head(from: decoder).format) else { return }
                vector = try WedgeVector(from: decoder)
            }
        }
        var vectors: [Row]
    }

    /// The project's own, and those of the file that the environment names.
    static let all: [WedgeVector] = {
        let own = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../LabelsTests/Vectors/label-vectors.json").standardized
        let further = ProcessInfo.processInfo.environment["MUSTER_VECTORS"].map { URL(filePath: $0) }
        return [own, further].compactMap { $0 }.flatMap { url -> [WedgeVector] in
            do {
                return try JSONDecoder().decode(File.self, from: Data(contentsOf: url))
                    .vectors.compactMap(\.vector)
            } catch {
                Issue.record("\(url.path) is not a file of vectors: \(error)")
                return []
            }
        }
    }()

    static let texts = all.filter { $0.format == "wedge" }
    static let timings = all.filter { $0.format == "wedge-timing" }
}
