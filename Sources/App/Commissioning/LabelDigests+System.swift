import Credentials
import Labels

extension LabelDigests {
    /// Those of the system's library.
    static let system = LabelDigests(
        sha1: Digest.sha1, sha256: Digest.sha256,
        aes128: { key, block in AES128.encrypt(key: key, block: block) })
}
