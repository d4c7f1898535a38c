import Foundation
import Model
import TestSupport
import Testing

/// `muster scan` and `muster label learn` on real pictures.
@Suite struct ScanCommandTests {
    private let home: Home

    init() throws {
        home = try Home()
    }

    @Test func `a folder makes a table that says what needs a person`() throws {
        let finished = try home.run(["scan", Home.sample("")])
        #expect(finished.code == 0, "\(finished.errors)")
        let lines = finished.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines[0].hasPrefix("   PICTURE"))
        #expect(lines.contains { $0.hasPrefix("✓  gs1-gateway.png") && $0.contains("serial NGW-000202") })
        #expect(lines.contains { $0.hasPrefix("!  unreadable.jpg") && $0.contains("no code could be read") })
        #expect(
            lines.contains {
                $0.hasPrefix("!  wrong-check-digit.png") && $0.contains("character 14: must be 1")
            })
        #expect(!finished.output.contains("C7F2A94D"))
        #expect(finished.output.hasSuffix("15 pictures: 13 name one device without a doubt.\n"))
    }

    @Test func `one picture is explained field by field`() throws {
        let finished = try home.run(["scan", Home.sample("lorawan-sensor.jpg")])
        #expect(finished.code == 0)
        #expect(finished.output.contains("QR code: LoRaWAN label, names this one device"))
        #expect(finished.output.contains("claim code (secret)  ‹redacted›"))
        #expect(finished.output.contains("✓ One device: NLS-000101"))
        #expect(!finished.output.contains("C7F2A94D"))
    }

    @Test func `a pattern, a folder within a folder and standard input are pictures too`() throws {
        let picture = try Data(contentsOf: URL(filePath: Home.sample("gs1-gateway.png")))
        let folder = home.directory.path + "/photos/site"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in ["a.png", "b.png", "notes.txt", ".hidden.png"] {
            try picture.write(to: URL(filePath: folder + "/" + name))
        }
        let all = try home.run(["scan", "--json", home.directory.path + "/photos"])
        #expect(
            try all.objects.compactMap { $0["file"] as? String }
                == ["a.png", "b.png"].map { folder + "/" + $0 })
        let some = try home.run(["scan", "--json", folder + "/[a]*.png"])
        #expect(try some.objects.compactMap { $0["file"] as? String } == [folder + "/a.png"])
        let piped = try home.shell("muster scan --json - < \(Home.sample("gs1-gateway.png"))")
        #expect(try piped.objects.first?["symbology"] as? String == "datamatrix")
        let none = try home.run(["scan", home.directory.path + "/*.nothing"])
        #expect(none.code == 69)
    }

    @Test func `a picture that cannot be read is named, and the others are read`() throws {
        let text = try home.write("no picture", to: "text.png")
        let finished = try home.run([
            "scan", "--json", text, Home.sample("gs1-gateway.png"), home.directory.path,
        ])
        #expect(finished.code == 65)
        let objects = try finished.objects
        #expect(objects.contains { $0["error"] as? String == "scan_not_a_picture" })
        #expect(objects.contains { ($0["file"] as? String)?.hasSuffix("gs1-gateway.png") == true })
    }

    @Test func `together, the codes of each picture are one object`() throws {
        let pictures = ["mac-bridge.jpg", "unreadable.jpg", "wrong-check-digit.png"].map { Home.sample($0) }
        let objects = try home.run(["scan", "--json", "--together"] + pictures).objects
        #expect(objects.count == 3)
        let fields = try #require(objects[0]["fields"] as? [String: String])
        #expect(fields["serial"] == "NBR-001111" && fields["mac"] == "00:00:5E:00:53:11")
        #expect(objects.map { $0["identifies"] as? Bool } == [true, false, false])
        #expect(objects[2]["error"] as? String == "label_bad_check_digit")
    }

    @Test func `a profile that was learned is used by the next command`() throws {
        func line(_ serial: String) -> String {
            #"{"codes":[{"text":"PN-7731","symbology":"code128"},{"text":"\#(serial)","symbology":"code128"}]}"#
        }
        let learned = try home.muster(
            "label learn --name router --product router --lines --install",
            input: line("NRT-1") + "\n" + line("NRT-2") + "\n")
        #expect(learned.code == 0, "\(learned.errors)")
        #expect(learned.errors.contains("serial (required): Code 128, (?<serial>NRT-[0-9])"))
        let read = try home.run(["label", "--json", "NRT-7"])
        let label = try #require(try read.objects.first)
        #expect(label["format"] as? String == "vendor-template:router/serial")
        let again = try home.muster(
            "label learn --name router --lines --install", input: line("QX-1") + "\n" + line("QX-2") + "\n")
        #expect(again.code == 0, "\(again.errors)")
        let unfit = try home.run([
            "label", "learn", "--name", "router", "--install", "--check", Home.sample("lorawan-sensor.jpg"),
            Home.sample("gs1-gateway.png"), Home.sample("other-tenant.jpg"),
        ])
        #expect(unfit.code == 65 && unfit.errors.contains("was not installed"), "\(unfit.errors)")
        let broken = try home.write(
            #"{"profiles":[{"name":"x","codes":[],"examples":[]}]}"#, to: "broken.json")
        let installed = home.directory.path + "/.config/muster/templates/broken.json"
        try FileManager.default.copyItem(atPath: broken, toPath: installed)
        let refused = try home.run(["label", "NRT-7"])
        #expect(refused.code == 65 && refused.errors.contains("broken.json"), "\(refused.errors)")
    }

    @Test func `what can be a serial or a product number is saved only when somebody says which`() throws {
        let twoWays = ["commission", "--label", "00FF5E0053AB", "--product", "generic"]
        let refused = try home.run(twoWays)
        #expect(refused.code == 65 && refused.errors.contains("[label_two_readings]"), "\(refused.errors)")
        let told = try home.run(twoWays + ["--as", "serial", "--offline"])
        #expect(told.code == 4 || told.code == 0, "\(told.errors)")
    }
}
