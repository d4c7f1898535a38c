/// Where a TPM 2.0 is reached, as the TPM software stack writes it: a kind, a colon and what belongs to the kind.
///
/// Source: TCG TSS 2.0 TCTI loader, `Tss2_TctiLdr_Initialize`.
package struct TPMAddress: Equatable, Sendable, CustomStringConvertible {
    package let text: String

    /// The kernel's own, which many programs can use at once.
    package static let kernel = TPMAddress(known: "device:/dev/tpmrm0")

    private init(known text: String) {
        self.text = text
    }

    /// The kinds that are understood: a device of the kernel, and an emulated TPM at a socket.
    package static let kinds = ["device", "swtpm"]

    /// - Parameter text: `device:PATH`, `swtpm:path=SOCKET` or `swtpm:host=…,port=…`.
    /// - Throws: `badAddress` for anything else.
    package init(_ text: String) throws(TPMError) {
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, Self.kinds.contains(String(parts[0])), !parts[1].isEmpty,
            text.utf8.count < 200,
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw .badAddress(text) }
        self.text = text
    }

    package var description: String { text }
}
