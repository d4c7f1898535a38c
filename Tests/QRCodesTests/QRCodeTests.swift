import Decoding
import Model
import QRCodes
import Testing

@Suite struct QRCodeTests {
    private let reference = ReceiptReference(
        Receipt(
            registrar: RegistrarID(trusted: "r-1"),
            operationID: OperationID(milliseconds: 1_764_000_000_000, random: Array(1...10)),
            payloadHash: .zero,
            outcome: .claimed, deviceID: DeviceID(trusted: "d-1"), deviceVersion: 1,
            appliedAt: Timestamp(milliseconds: 0), receiptSequence: 123_456, auditHead: .zero))

    @Test func `a receipt's code fits a terminal of 80 by 24`() throws {
        #expect(try QRCode(reference.text).modules.count <= 33)
    }

    @Test func `a reader reads back what was drawn`() throws {
        let modules = try QRCode(reference.text).modules
        let (scale, quiet) = (4, 4)
        let side = (modules.count + 2 * quiet) * scale
        let pixels = (0..<side * side).map { index -> UInt8 in
            let (row, column) = (index / side / scale - quiet, index % side / scale - quiet)
            let isInside = modules.indices.contains(row) && modules.indices.contains(column)
            return isInside && modules[row][column] ? 0 : 255
        }
        let picture = GrayPicture(width: side, height: side, pixels: pixels)
        let symbols = try #require(Decoder()).symbols(in: picture)
        #expect(symbols.map(\.bytes) == [Array(reference.text.utf8)])
    }

    @Test func `a reference is found again in its text`() {
        #expect(ReceiptReference(reference.text) == reference)
        for text in [
            "", "MUSTER:RECEIPT:", "MUSTER:RECEIPT:12:1:0", reference.text + ":1",
            reference.text.lowercased(),
        ] {
            #expect(ReceiptReference(text) == nil)
        }
    }

    @Test func `what no code can hold is refused`() {
        #expect(throws: QRCodeError.empty) { try QRCode("") }
        #expect(throws: QRCodeError.tooLong(bytes: 4000)) { try QRCode(String(repeating: "é", count: 2000)) }
    }
}
