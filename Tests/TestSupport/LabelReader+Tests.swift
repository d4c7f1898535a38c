import Credentials
package import Labels

extension LabelReader {
    /// A reader for the year of the vectors, with the digests that the programs use.
    package static func forTests(
        templates: [VendorTemplate] = [], profiles: [LabelProfile] = [], makers: AddressMakers = .unknown
    ) -> LabelReader {
        LabelReader(
            templates: templates, profiles: profiles, year: 2026,
            digests: LabelDigests(
                sha1: Digest.sha1, sha256: Digest.sha256,
                aes128: { key, block in AES128.encrypt(key: key, block: block) }),
            makers: makers)
    }
}
