import Credentials
import FoundationEssentials
import Model
import TargetCore

/// Reads the data beside these tests.
enum Vectors {
    static func bytes(_ name: String, file: String = #filePath) throws -> [UInt8] {
        let folder = file.split(separator: "/").dropLast().joined(separator: "/")
        return [UInt8](try Data(contentsOf: URL(filePath: "/\(folder)/Vectors/\(name)")))
    }

    static func text(_ name: String) throws -> String {
        String(decoding: try bytes(name), as: UTF8.self)
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
        try CanonicalJSON.decode(type, from: try bytes(name))
    }

    static let digests = CloudDigests(
        sha256: Digest.sha256, hmacSHA256: { Digest.hmacSHA256(key: $0, $1) })
}
