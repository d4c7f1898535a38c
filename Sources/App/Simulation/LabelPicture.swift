import Processes
import QRCodes

/// The label of a simulated device as a picture that scanners read: a QR code in a portable graymap. Source: pgm(5).
enum LabelPicture {
    /// Pixels of a module, and modules of the light frame around the code (ISO/IEC 18004 asks for four).
    private static let scale = 8
    private static let quiet = 4

    static func write(_ text: String, to path: String) throws {
        let modules = try QRCode(text).modules
        let side = (modules.count + 2 * quiet) * scale
        var pixels = [UInt8](repeating: 255, count: side * side)
        for (row, line) in modules.enumerated() {
            for (column, isDark) in line.enumerated() where isDark {
                for y in 0..<scale {
                    let start = ((row + quiet) * scale + y) * side + (column + quiet) * scale
                    for x in start..<(start + scale) { pixels[x] = 0 }
                }
            }
        }
        try Files.writeAtomically(Array("P5 \(side) \(side) 255\n".utf8) + pixels, to: path, mode: 0o644)
    }
}
