import CommandTable
import Credentials
import Model

/// A certificate request in a file of the device.
enum RequestFile {
    /// The request as DER, after it was read: a file that is none is told here and not by the registrar tomorrow.
    static func certificateRequest(_ path: String) throws -> [UInt8] {
        let bytes = try InputFile.bytes(path, limit: CertificateRequest.limitBytes)
        do {
            let request = try CertificateRequest(bytes)
            guard request.isSignedByItsKey else {
                throw CommandFailure(
                    .badInput, "csr_not_signed",
                    "Nothing was saved: the request is not signed with the key it names.",
                    "Make the request anew on the device.")
            }
            return request.der
        } catch let error as CredentialsError {
            throw CommandFailure(
                .badInput, error.explanation.id, "Nothing was saved. \(error.explanation.what)",
                error.explanation.nextStep)
        }
    }
}
