import HandOver
import Model
import Testing

@Suite struct IdentityTests {
    private func compare(_ scanned: [String: String], _ said: [String: String]) -> IdentityComparison {
        IdentityComparison(
            scanned: DeviceIdentity(fields: scanned), said: DeviceAnnouncement(fields: said))
    }

    @Test func `a device is the one scanned when something is the same and nothing differs`() {
        let same = compare(
            ["serial": "SN-1", "mac": "00:11:22:AA:BB:CC", "devEUI": "0011"],
            ["serial": "SN-1", "mac": "001122aabbcc", "firmware": "7"])
        #expect(same.isSameDevice)
        #expect(same.equal == ["mac", "serial"] && same.unsaid == ["devEUI"])
    }

    @Test func `a serial is compared letter by letter`() {
        let other = compare(["serial": "SN-1"], ["serial": "sn-1"])
        #expect(!other.isSameDevice)
        #expect(other.different == [.init(field: "serial", scanned: "SN-1", said: "sn-1")])
    }

    @Test func `one field that differs outweighs all that are the same`() {
        #expect(!compare(["serial": "A", "mac": "01"], ["serial": "A", "mac": "02"]).isSameDevice)
    }

    @Test func `a device that says nothing of the label is not taken for it`() {
        #expect(!compare(["serial": "A"], ["mac": "02"]).isSameDevice)
        #expect(!compare([:], [:]).isSameDevice)
    }

    @Test func `two messages with other parts are never the same bytes`() {
        let (a, b) = (PayloadHash.zero, PayloadHash(digest: [UInt8](repeating: 1, count: 32)))
        let nonce = [UInt8](repeating: 3, count: 32)
        let messages = [
            ProofMessage.request(nonce: nonce, name: "x", request: a),
            ProofMessage.request(nonce: nonce, name: "x\n64:", request: a),
            ProofMessage.request(nonce: nonce, name: "x", request: b),
            ProofMessage.confirmation(nonce: nonce, name: "x", bundle: a, contents: b),
            ProofMessage.confirmation(nonce: nonce, name: "x", bundle: b, contents: a),
        ]
        #expect(Set(messages).count == messages.count)
        let text = String(decoding: messages[0], as: UTF8.self)
        #expect(text.hasPrefix("26:muster hand-over 1 request\n43:AwMD"))
    }

    @Test(arguments: [
        ("dir:/media/stick", HandOverAddress.directory("/media/stick")),
        ("serial:/dev/ttyUSB0", .serial(path: "/dev/ttyUSB0", baud: nil)),
        ("serial:/dev/ttyUSB0@9600", .serial(path: "/dev/ttyUSB0", baud: 9600)),
    ])
    func `an address is read and printed one way`(_ text: String, _ address: HandOverAddress) {
        #expect(HandOverAddress(text) == address)
        #expect(address.description == text)
    }

    @Test(arguments: ["", "dir:", "serial:", "serial:/dev/x@", "serial:/dev/x@fast", "ssh:host", "/dev/x"])
    func `what is no address is not guessed at`(_ text: String) {
        #expect(HandOverAddress(text) == nil)
    }

    @Test(arguments: ["../../etc", "..", "", "a/b", "SN 1\n"])
    func `a device's name leads nowhere but into its folder`(_ name: String) {
        let folder = DirectoryLayout(directory: "/stick", deviceName: name).folder.dropFirst("/stick/".count)
        #expect(!folder.isEmpty && !folder.contains("/") && !folder.hasPrefix("."))
    }
}
