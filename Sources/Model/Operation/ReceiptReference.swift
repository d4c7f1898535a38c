/// A receipt in a few characters that a small QR code holds: which operation, which number, and the audit head it is in.
///
/// `MUSTER:RECEIPT:<operation, 32 hex digits>:<number>:<audit head, 16 hex digits>`, in upper case so that QR codes take it
/// in their alphanumeric mode. It finds the receipt; it proves nothing by itself.
package struct ReceiptReference: Equatable, Sendable {
    package static let prefix = "MUSTER:RECEIPT:"

    package var operationID: OperationID
    package var receiptSequence: Int
    /// The first 16 hex digits of the audit head.
    package var auditHead: String

    package init(_ receipt: Receipt) {
        operationID = receipt.operationID
        receiptSequence = receipt.receiptSequence
        auditHead = String(receipt.auditHead.rawValue.prefix(16))
    }

    /// `nil` for text that is no reference.
    package init?(_ text: String) {
        guard text.hasPrefix(Self.prefix) else { return nil }
        let parts = text.dropFirst(Self.prefix.count).split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let id = OperationID(rawValue: Self.dashed(parts[0].lowercased())),
            let number = Int(parts[1]), number >= 0, parts[2].utf8.count == 16,
            parts[2].utf8.allSatisfy({ Hexadecimal.value(of: $0) != nil })
        else { return nil }
        operationID = id
        receiptSequence = number
        auditHead = parts[2].lowercased()
    }

    package var text: String {
        Self.prefix + operationID.rawValue.filter { $0 != "-" }.uppercased() + ":\(receiptSequence):"
            + auditHead.uppercased()
    }

    /// Hex digits as a UUID is written.
    private static func dashed(_ digits: String) -> String {
        var text = ""
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { text.append("-") }
            text.append(digit)
        }
        return text
    }
}
