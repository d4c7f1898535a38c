import Model
import Processes
import Screens
import Wedge

/// What the full screen keeps between runs, beside the store. A file that cannot be used is left out: it holds no work.
struct KeepsakeFile: Sendable {
    let directory: String

    private var path: String { directory + "/screen.json" }
    private var scannerPath: String { directory + "/scanner.json" }

    func keepsake() -> Keepsake {
        read(path) ?? Keepsake()
    }

    func scanner() -> WedgeSettings {
        read(scannerPath) ?? .standard
    }

    private func read<Value: Decodable>(_ path: String) -> Value? {
        guard let bytes = try? Files.read(path, limit: 1 << 20) else { return nil }
        return try? CanonicalJSON.decode(Value.self, from: bytes)
    }

    func keep(_ keepsake: Keepsake) throws {
        try Files.writeAtomically(try CanonicalJSON.encode(keepsake), to: path)
    }

    func keep(_ scanner: WedgeSettings) throws {
        try Files.writeAtomically(try CanonicalJSON.encode(scanner), to: scannerPath)
    }
}
