import Canvas
import Foundation
import Processes
import TestSupport
import Testing

/// Principals handed over on the real screen, to a simulated device.
@Suite struct HandOverOnScreenTests {
    private let tablet: Tablet

    private var disk: String { tablet.home.directory.file("disk") }
    private var tty: String { tablet.home.directory.file("tty") }
    private var stick: String { tablet.home.directory.file("stick") }

    init() throws {
        tablet = try Tablet()
        let claimed = try tablet.muster("commission --serial SIM-1")
        try #require(claimed.code == 0, "\(claimed.errors)")
    }

    private func standing() throws -> String? {
        let shown = try tablet.home.muster("simulate device \(disk) --show --json")
        return try shown.objects.last?["principals"] as? String
    }

    private func kinds() throws -> [String] {
        try tablet.muster("device history --json SIM-1").objects.compactMap { $0["kind"] as? String }
    }

    /// From home to where a way is chosen, and the way typed by pasting it.
    private func choose(_ link: String, on session: PTYSession) throws {
        try session.openDevice("SIM-1")
        try session.press("3")
        try session.see("Choose how to reach the device")
        try session.choose("dir:…")
        try session.see("Way dir:▏")
        try session.paste(link)
        try session.see("HAND OVER")
    }

    @Test func `over a serial line every stage is seen, and the next time the way is known`() throws {
        let device = try DeviceProcess(disk: disk, tty: tty, ["--identity", "SIM-1"])
        defer { withExtendedLifetime(device) {} }
        let session = try tablet.open()
        try choose("serial:\(tty)", on: session)
        try session.press(Keys.enter)
        try session.see("SIM-1 has its principals, and has proven it")
        for stage in ["compare with the label", "certificate", "have it proven", "on record"] {
            try session.seeRow("✓", stage)
        }
        try session.seeRow("on record", "confirmed")
        #expect(try standing() == "whole")
        #expect(try kinds() == ["claim", "provision", "note"])
        try session.press(Keys.enter)
        try session.see("What was done")
        try session.press("3")
        try session.seeRow("▸ serial:", "as last time")
        try session.see("Handed over")
        try session.press(Keys.interrupt)
        #expect(try session.end() == .exited(0))
    }

    @Test func `a stick is carried there and back, on the smallest screen, over an end of the program`()
        throws
    {
        try Files.makeDirectories(stick)
        let visit = "simulate device \(disk) --identity SIM-1 --directory \(stick) --json"
        try #require(try tablet.home.muster(visit).code == 0)
        let first = try tablet.open(size: .smallest)
        try choose("dir:\(stick)", on: first)
        try first.press(Keys.enter)
        try first.see("AGAIN")
        try first.seeWrapped("to the device, bring it back, and press AGAIN")
        try first.press(Keys.interrupt)
        #expect(try first.end() == .exited(0))
        #expect(try tablet.home.muster(visit).output.contains("installed"))
        let second = try tablet.open(size: .smallest)
        try second.openDevice("SIM-1")
        try second.press("3")
        try second.seeWrapped("it goes on there.")
        try second.press(Keys.enter)
        try second.see("HAND OVER")
        try second.press(Keys.enter)
        try second.see("SIM-1 has its principals")
        #expect(try standing() == "whole")
    }

    @Test func `a swapped device is named, keeps what it has, and the right one goes on`() throws {
        let swapped = try DeviceProcess(
            disk: tablet.home.directory.file("other"), tty: tty, ["--identity", "SIM-2"])
        let session = try tablet.open()
        try choose("serial:\(tty)", on: session)
        try session.press(Keys.enter)
        try session.see("Its serial is SIM-2; SIM-1 was")
        try swapped.child.end()
        let device = try DeviceProcess(disk: disk, tty: tty, ["--identity", "SIM-1"])
        defer { withExtendedLifetime(device) {} }
        try session.press(Keys.enter)
        try session.see("SIM-1 has its principals")
        #expect(try standing() == "whole")
    }

    @Test func `a device that never answers holds up no key, and Esc leaves it as it was`() throws {
        let silent = try tablet.python(
            "-c",
            """
            import socket, sys
            listening = socket.create_server(("127.0.0.1", 0))
            print(listening.getsockname()[1])
            sys.stdin.read()
            """)
        let port = try #require(silent.first).trimmingCharacters(in: .whitespacesAndNewlines)
        let session = try tablet.open()
        try choose("http://127.0.0.1:\(port)", on: session)
        try session.press(Keys.enter)
        try session.see("… compare with the label")
        try session.press("0")
        try session.see("What each key does here")
        try session.press(Keys.escape)
        try session.see("… compare with the label")
        try session.press(Keys.escape)
        try session.see("Stopping")
        try session.press(Keys.escape)
        try session.see("What was done")
        // The work of others goes on meanwhile.
        try session.press("5")
        try session.type("antenna ok", into: "Note")
        try session.press(Keys.enter)
        try session.seeRow("Note on SIM-1")
        try session.press(Keys.interrupt)
        #expect(try session.end() == .exited(0))
        #expect(try kinds() == ["claim", "note"])
    }

    @Test func `line by line, as a screen reader hears it`() throws {
        let device = try DeviceProcess(disk: disk, tty: tty, ["--identity", "SIM-1"])
        defer { withExtendedLifetime(device) {} }
        let session = try LineSession(tablet)
        try session.hear(".4 Find")
        try session.say(".4")
        try session.hear("#1 SIM-1")
        try session.say("#1")
        try session.hear("Hand over")
        try session.say(".3")
        try session.hear("serial:/dev/…")
        try session.say("#\(try number(of: "serial:/dev/…", in: session))")
        try session.hear("A directory dir:PATH")
        try session.say("serial:\(tty)")
        try session.hear("Enter: HAND OVER")
        try session.say("")
        try session.hear("SIM-1 has its principals, and has proven it")
        #expect(try session.finish() == 0)
        #expect(try standing() == "whole")
    }

    /// The number of an entry that was said.
    private func number(of entry: String, in session: LineSession) throws -> String {
        let lines = String(decoding: session.said, as: UTF8.self).split(separator: "\n")
        let line = try #require(lines.last { $0.hasPrefix("#") && $0.contains(entry) })
        return String(line.dropFirst().prefix { $0.isNumber })
    }
}
