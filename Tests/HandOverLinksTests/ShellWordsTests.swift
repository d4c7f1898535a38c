import HandOver
import HandOverLinks
import Model
import Processes
import Testing

@Suite struct ShellWordsTests {
    private func meaning(_ text: String, _ status: Processes.ExitStatus = .exited(255)) -> HandOverError {
        ShellWords(Array(text.utf8)).meaning(of: status, link: "l")
    }

    @Test(arguments: [
        ("ssh: connect to host a port 22: Connection refused\r\n", "device_not_reached"),
        ("ssh: Could not resolve hostname a: Name or service not known\r\n", "device_not_reached"),
        ("ssh: connect to host a port 22: Connection timed out\r\n", "device_not_reached"),
        ("ssh: connect to host a port 22: No route to host\r\n", "device_not_reached"),
        ("kex_exchange_identification: Connection closed by remote host\r\n", "device_not_reached"),
        (
            "No ED25519 host key is known for a and you have requested strict checking.\r\nHost key verification failed.\r\n",
            "device_not_trusted"
        ),
        (
            "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\r\nHost key verification failed.\r\n",
            "device_not_trusted"
        ),
        ("root@a: Permission denied (publickey).\r\n", "link_unusable"), ("", "link_unusable"),
        ("\u{1B}[2J", "link_unusable"),
        (
            "Authenticated to a ([10.0.0.1]:22) using \"publickey\".\r\nclient_loop: send disconnect: Broken pipe\r\n",
            "link_lost"
        ),
        (
            "debug1: Authentication succeeded (publickey).\r\nroot@a: Permission denied (publickey).\r\n",
            "link_lost"
        ),
    ])
    func `what ssh says is read as its cause`(_ text: String, _ id: String) {
        #expect(meaning(text).explanation.id == id)
        #expect(!meaning(text).explanation.what.unicodeScalars.contains { $0.value < 0x20 })
    }

    @Test func `the host key is the one named first, as only that one is not the device's word`() {
        let words = ShellWords(
            Array(
                """
                debug1: Connecting to a [10.0.0.1] port 22.\r
                debug1: Server host key: ssh-ed25519 SHA256:abc+/012\r
                debug1: Server host key: ssh-ed25519 SHA256:false\r

                """.utf8))
        #expect(words.hostKey == "host key SHA256:abc+/012")
        #expect(ShellWords(Array("debug1: Server host key: x SHA256:a;b\n".utf8)).hostKey == nil)
        #expect(ShellWords([]).hostKey == nil)
    }
}
