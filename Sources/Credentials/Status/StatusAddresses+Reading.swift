internal import COpenSSL
import Model

extension StatusAddresses {
    /// What the extensions of a certificate say. Only URIs count.
    init(of extensions: OpaquePointer?) {
        self.init()
        if let points = X509V3_get_d2i(extensions, NID_crl_distribution_points, nil, nil) {
            let points = OpaquePointer(points)
            defer { CRL_DIST_POINTS_free(points) }
            for index in 0..<cossl_points_count(points) {
                revocationLists += AlternativeNames(cossl_point_names(points, index)).uris
            }
        }
        guard let accesses = X509V3_get_d2i(extensions, NID_info_access, nil, nil) else { return }
        let list = OpaquePointer(accesses)
        defer { AUTHORITY_INFO_ACCESS_free(list) }
        for index in 0..<cossl_accesses_count(list) {
            guard let name = cossl_access_location(list, index), cossl_name_kind(name) == GEN_URI,
                let text = cossl_name_text(name)
            else { continue }
            switch cossl_access_method(list, index) {
            case NID_ad_OCSP: responders.append(AlternativeNames.text(text))
            case NID_ad_ca_issuers: issuers.append(AlternativeNames.text(text))
            default: break
            }
        }
    }
}

/// Serial numbers of certificates. Source: RFC 5280, section 4.1.2.2.
enum SerialNumber {
    /// Hex digits of a number that is not negative; `nil` for any other.
    static func text(of number: UnsafePointer<ASN1_INTEGER>?) -> String? {
        guard let number, let value = ASN1_INTEGER_to_BN(number, nil) else {
            ERR_clear_error()
            return nil
        }
        defer { BN_free(value) }
        guard BN_is_negative(value) == 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: Int(BN_num_bits(value) + 7) / 8)
        BN_bn2bin(value, &bytes)
        return Hexadecimal.encode(bytes)
    }
}
