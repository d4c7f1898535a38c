import Foundation
import TestSupport
import Testing

/// What the programs say when they are used wrongly, or cannot do what is asked.
@Suite struct UsageTests {
    private let home: Home

    init() throws {
        home = try Home()
    }

    @Test(arguments: [
        ("comission", "commission"), ("queue lst", "list"), ("registrar operater list", "operator"),
        ("commission --seral X", "--serial"), ("scan --jsn x", "--json"),
    ]) func `an unknown word gets a suggestion`(_ line: String, _ suggestion: String) throws {
        let finished = try home.muster(line)
        #expect(finished.code == 64 && finished.output.isEmpty)
        #expect(finished.errors.contains(suggestion), "\(finished.errors)")
    }

    @Test(arguments: [
        ("commission", 64), ("commission --serial A --label B", 64),
        ("commission --serial A --tenant UPPER", 64),
        ("queue list --limit many", 64), ("queue show", 64), ("queue show zzzz", 65), ("label nonsense!", 65),
        ("commission --label (01)09501101530004(21)A", 65), ("commission --label 9501101530003", 65),
        ("commission --image /dev/null", 65), ("scan /nonexistent.png", 69),
        ("commission --serial A --csr /dev/null", 65), ("registrar pair /dev/null", 65),
        ("registrar site add x", 64), ("queue import /dev/null", 0), ("device show nothing", 65),
        ("sync --timeout soon", 64), ("doctor --store /dev/null/x", 1),
        ("queue list --store /dev/null/x", 73),
    ]) func `what cannot be done has its exit code, an explanation and a next step`(
        _ line: String, _ code: Int32
    ) throws {
        let finished = try home.muster(line)
        #expect(finished.code == code, "\(line): \(finished.code ?? -1) \(finished.errors)")
        if code != 0, !line.hasPrefix("label"), !line.hasPrefix("doctor") {
            let lines = finished.errors.split(separator: "\n")
            #expect(
                lines.count >= 2 && lines[0].hasPrefix("muster: ") && lines[1].hasSuffix("]"),
                "\(finished.errors)")
        }
    }

    @Test func `an error is an object on the output too when JSON is asked for`() throws {
        let finished = try home.muster("queue show --json zzzz")
        let object = try #require(try finished.objects.first)
        #expect(object["error"] as? String == "operation_unknown")
        #expect(object["what"] is String && object["nextStep"] is String)
    }

    @Test func `without a command it says politely what there is`() throws {
        let finished = try home.run([])
        #expect(finished.code == 64 && finished.errors.contains("muster --help"))
    }

    @Test func `nothing from a label steers the terminal`() throws {
        let label = "SN:A1\u{1B}[2J\u{202E}evil;MAC:00:00:5E:00:53:01"
        let shown = try home.run(["label", label])
        #expect(!shown.output.contains("\u{1B}") && !shown.output.contains("\u{202E}"))
        let json = try home.run(["label", "--json", label])
        #expect(!json.output.contains("\u{1B}") && !json.output.contains("\u{202E}"))
        #expect(try (json.objects[0]["fields"] as? [String: String])?["serial"] == "A1\u{1B}[2J\u{202E}evil")
    }

    @Test func `many labels are read one a line, each answered`() throws {
        let input = """
            {"input":"MT:Y.K9042C00KA0648G00"}
            {"input":"490154203237519","symbology":"qr","context":"IMEI"}
            not json
            {"input":"SN-1","symbology":"code128"}
            """
        let finished = try home.run(["label", "--json", "--lines"], input: input)
        #expect(finished.code == 65)
        let objects = try finished.objects
        #expect(objects.count == 4)
        #expect(objects[0]["format"] as? String == "matter-qr")
        #expect((objects[0]["fields"] as? [String: Any])?["secret.setupPin"] as? String == "‹redacted›")
        #expect((objects[0]["fields"] as? [String: Any])?["matter.flow"] as? Int == 0)
        #expect(objects[1]["error"] as? String == "badCheckDigit")
        #expect(objects[2]["error"] as? String == "json_malformed")
        #expect((objects[3]["fields"] as? [String: String])?["serial"] == "SN-1")
    }

    @Test func `secrets are shown when that is asked for, and are nowhere in the store`() throws {
        let label = "LW:D0:00005EEF10000080:00005EEF10000001:000A0001:OC7F2A94D:SNLS-000101:C670B"
        #expect(try home.run(["label", "--reveal", label]).output.contains("C7F2A94D"))
        #expect(try !home.run(["label", label]).output.contains("C7F2A94D"))
        #expect(try home.run(["commission", "--offline", "--label", label]).code == 4)
        // Every file that there is: the write-ahead log is gone after a clean close.
        let state = home.directory.path + "/state"
        let files = try FileManager.default.subpathsOfDirectory(atPath: state)
        #expect(files.contains("muster/store.db"))
        for file in files {
            guard let bytes = FileManager.default.contents(atPath: state + "/" + file) else { continue }
            #expect(bytes.range(of: Data("C7F2A94D".utf8)) == nil, "\(file)")
        }
    }

    @Test func `a full disk is said, and what is saved stays`() throws {
        #expect(try home.muster("commission --serial SN-1 --offline").code == 4)
        // A limit on the size of files stands for the disk: the kernel refuses further growth alike.
        let full = try home.shell("trap '' XFSZ; ulimit -f 1; muster commission --serial SN-2 --offline")
        #expect(full.code == 73 || full.code == 1, "\(full.code ?? -1) \(full.errors)")
        #expect(try home.muster("queue list --json").objects.count >= 1)
        #expect(try home.muster("sync").code == 0)
    }
}
