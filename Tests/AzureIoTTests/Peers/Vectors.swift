import FoundationEssentials
import Model
import Testing

/// Files beside the tests.
enum Vectors {
    static func bytes(_ name: String) throws -> [UInt8] {
        var path = Array(#filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2))
        path += ["Vectors", name[...]]
        return [UInt8](try Data(contentsOf: URL(filePath: path.joined(separator: "/"))))
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
        try CanonicalJSON.decode(type, from: bytes(name))
    }
}
