import Foundation
import Model
import Scanning
import Testing
import Wedge

/// The page from which a scanner is learnt, read by the real worker.
struct ScannerPageTests {
    @Test func `the page holds the three codes that are asked for, from top to bottom`() async throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try Data(contentsOf: root.appending(path: "Assets/scanner-calibration.png"))
        let picture = try await Scanner(worker: Worker.path, timeout: .seconds(60)).scan(Array(page))

        let symbols = picture.symbols.sorted { ($0.points.first?.y ?? 0) < ($1.points.first?.y ?? 0) }
        let codes = CalibrationCode.allCases
        #expect(symbols.map { String(decoding: $0.bytes, as: UTF8.self) } == codes.map(\.payload))
        #expect(symbols.map { $0.aimIdentifier == "]d2" } == codes.map(\.isGS1))
    }
}
