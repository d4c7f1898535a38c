import AzureIoT
import Model
import TargetCore
import Testing

/// Keys, tokens and clocks whose faults Azure answers with 401.
@Suite struct KeyAndTokenTests {
    private let digests = AzureScenario.digests
    private let group = Redacted(Base64.encode((0..<64).map { UInt8($0) }))
    private let now = Timestamp(milliseconds: 1_790_000_000_000)

    private func key(_ name: String) -> Redacted<String> {
        Redacted(Base64.encode(digests.hmacSHA256((0..<64).map { UInt8($0) }, Array(name.utf8))))
    }

    private func codes(_ key: Redacted<String>, _ name: String = "meter-0001") -> [String] {
        SymmetricKeyLint.findings(key, name: name, groupKey: group, digests).map(\.code)
    }

    @Test func `a device has the key of its group, of its name in capitals, or of another device`() {
        #expect(codes(key("meter-0001")) == [])
        #expect(codes(key("meter-0001"), "METER-0001") == [])
        #expect(codes(group) == ["azure_device_has_group_key"])
        #expect(codes(key("METER-0001"), "METER-0001") == ["azure_device_key_of_capitals"])
        #expect(codes(key("meter-0002")) == ["azure_device_key_of_another"])
    }

    @Test func `a key that is no base64, or too short`() {
        #expect(codes(Redacted("not a key")) == ["azure_device_key_not_base64"])
        #expect(codes(Redacted("AAECAw==")) == ["azure_device_key_length"])
    }

    private func token(_ text: String, resource: String = "h/devices/d", policy: String? = nil) -> [String] {
        TokenLint.findings(Redacted(text), resource: resource, policy: policy, at: now).map(\.code)
    }

    @Test func `a token that is right has no finding, and covers what lies below`() throws {
        let right = try SharedAccessSignature.hubDevice(host: "h", id: "d", expiry: 1_790_000_600)
            .token(key: group, digests).unredacted
        #expect(token(right) == [])
        #expect(token(right, resource: "h/devices/d/messages/events") == [])
        #expect(token(right, resource: "h/devices/d2") == ["azure_token_audience"])
        #expect(token(right, policy: "registration") == ["azure_token_policy"])
    }

    @Test func `one token in some fails: a plus of the signature was not encoded`() {
        let text = "SharedAccessSignature sr=h%2Fdevices%2Fd&sig=ab+c%3D&se=1790000600"
        #expect(token(text) == ["azure_token_encoding"])
    }

    @Test func `a token that has ended by the clock, and one that is none`() {
        #expect(
            token("SharedAccessSignature sr=h%2Fdevices%2Fd&sig=ab&se=1789999999") == ["azure_token_expired"])
        #expect(
            token("SharedAccessSignature sr=h%2Fdevices%2Fd&sig=ab&se=-9223372036854775808").contains(
                "azure_token_expired"))
        #expect(token("Bearer abc") == ["azure_token_form"])
        #expect(token("SharedAccessSignature ") == ["azure_token_form"])
        #expect(
            token(
                "SharedAccessSignature sr=h%2Fdevices%2Fa+b&sig=ab&se=1790000600", resource: "h/devices/a b"
            ).first
                == "azure_token_blank")
    }

    @Test func `the clock is off by what Azure's own answer says`() {
        func ahead(_ date: String) -> Int64? {
            ClockLint.secondsAhead(CloudReply(status: 401, headers: [CloudCall.Field("date", date)]), at: now)
        }
        // 1790000000 is 2026-09-21 14:13:20.
        #expect(ahead("Mon, 21 Sep 2026 14:13:20 GMT") == 0)
        #expect(ahead("Mon, 21 Sep 2026 14:03:20 GMT") == 600)
        #expect(ahead("Mon, 21 Sep 2026 15:13:20 GMT") == -3600)
        for text in ["", "yesterday", "Mon, 21 Sep 2026 14:13:20 CET", "Mon, 31 Feb 2026 14:13:20 GMT"] {
            #expect(ahead(text) == nil, "\(text)")
        }
        let reply = CloudReply(
            status: 401, headers: [CloudCall.Field("Date", "Mon, 21 Sep 2026 15:13:20 GMT")])
        #expect(ClockLint.findings(reply, at: now).map(\.code) == ["azure_clock_off"])
        #expect(ClockLint.findings(reply, at: now.advanced(bySeconds: 3600)).isEmpty)
    }

    @Test func `thumbprints that were typed`() {
        let right = String(repeating: "A1", count: 32)
        #expect(ThumbprintLint.findings(right).isEmpty)
        #expect(ThumbprintLint.findings(String(right.prefix(40))).map(\.code) == ["azure_thumbprint_sha1"])
        #expect(ThumbprintLint.findings("AA:BB").map(\.code) == ["azure_thumbprint_form"])
    }

    @Test func `batches: too many, and one name twice`() {
        func codes(_ names: [String], isCaseSensitive: Bool = false) -> [String] {
            BatchLint.findings(names, longest: DPSCalls.bulk, isCaseSensitive: isCaseSensitive).map(\.code)
        }
        #expect(codes((0..<10).map { "d\($0)" }) == [])
        #expect(codes((0..<11).map { "d\($0)" }) == ["azure_batch_too_large"])
        #expect(codes(["a", "A"]) == ["azure_batch_repeats"])
        #expect(codes(["a", "A"], isCaseSensitive: true) == [])
    }
}
