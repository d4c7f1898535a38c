import CommandTable
import Credentials
import Model

/// A certificate request in a file of the device.
enum RequestFile {
    /// The request as DER, after it was read: a file that is none is told here and not by the registrar tomorrow.
    static func certificateRequest(_ path: String) throws -> [UInt8] {
        let bytes = try InputFile.bytes(path, limit: CertificateRequest.limitBytes)
        do {
            return try CertificateRequest(bytes).der
        } catch {
            throw CommandFailure(
                .badInput, error.explanation.id, "Nothing was saved. \(error.explanation.what)",
                error.explanation.nextStep)
        }
    }
}
