internal import COpenSSL

/// DER as the library writes it.
enum DER {
    /// Calls an `i2d` function twice: for the length, then for the bytes.
    static func bytes(
        _ step: String, _ encode: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32
    ) throws(CredentialsError) -> [UInt8] {
        let count = encode(nil)
        guard count > 0 else { throw Library.failure(step) }
        var bytes = [UInt8](repeating: 0, count: Int(count))
        let written = bytes.withUnsafeMutableBufferPointer { buffer in
            var position = buffer.baseAddress
            return encode(&position)
        }
        guard written == count else { throw Library.failure(step) }
        return bytes
    }

    /// Reads with a `d2i` function; bytes left over are an error.
    static func read(
        _ bytes: [UInt8], _ decode: (UnsafeMutablePointer<UnsafePointer<UInt8>?>, Int) -> OpaquePointer?,
        free: (OpaquePointer) -> Void
    ) -> OpaquePointer? {
        bytes.withUnsafeBufferPointer { buffer in
            var position = buffer.baseAddress
            guard let start = position, let value = decode(&position, buffer.count) else { return nil }
            guard position == start + buffer.count else {
                free(value)
                return nil
            }
            return value
        }
    }
}
