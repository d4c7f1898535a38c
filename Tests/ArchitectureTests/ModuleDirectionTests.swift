import Foundation
import Processes
import TestSupport
import Testing

/// The rows of the module graph, lowest first. A module may use modules of lower rows, and none of its own.
private let rows: [[String]] = [
    [
        "CSQLite", "COpenSSL", "CZBar", "CCurl", "CMicrohttpd", "CZXing", "CDmtx", "CImages", "CSystem",
        "CNcurses", "CV4L2", "CRawCommits", "CPseudoTerminal", "CQREncode", "CEvil", "CMosquitto", "CTPM",
        "CPKCS11", "CMemoryScan",
    ],
    ["Model"],
    [
        "Labels", "Wire", "CommandTable", "ScanProtocol", "Canvas", "Wedge", "Preview", "CertificateLint",
        "TargetCore",
    ],
    ["Intake", "SyncCore", "RegistrarCore", "HandOver", "AzureIoT", "AWSIoT"],
    ["Screens"],
    ["SQLite", "Credentials", "HTTPClient", "HTTPServer", "Processes", "Decoding", "Terminal", "QRCodes"],
    ["TLSProbe", "MQTTClient", "Targets"],
    [
        "Scanning", "AuditLog", "TestSupport", "LabelInvariants", "HandOverLinks", "SimulatedDevice",
        "DeviceClouds",
    ],
    ["Camera", "Store", "RegistrarStore"],
    ["Sync", "Registrar"],
    ["App"],
    [
        "muster", "muster-registrar", "muster-decode", "muster-bench", "terminal-probe", "evil-worker",
        "memory-probe",
    ],
]

/// The modules that decide and never act.
private let pure = [
    "Model", "Labels", "Wire", "CommandTable", "ScanProtocol", "Canvas", "Intake", "SyncCore",
    "RegistrarCore", "Wedge", "Preview", "Screens", "HandOver", "CertificateLint", "TargetCore", "AzureIoT",
    "AWSIoT",
]

/// The one Swift module that owns each C library.
private let owners = [
    "CSQLite": "SQLite", "COpenSSL": "Credentials", "CTPM": "Credentials", "CPKCS11": "Credentials",
    "CCurl": "HTTPClient",
    "CMicrohttpd": "HTTPServer",
    "CSystem": "Processes", "CZBar": "Decoding", "CZXing": "Decoding", "CDmtx": "Decoding",
    "CImages": "Decoding",
    "CNcurses": "Terminal", "CV4L2": "Camera", "CRawCommits": "muster-bench", "CQREncode": "QRCodes",
    "CEvil": "evil-worker", "CMemoryScan": "memory-probe", "CMosquitto": "MQTTClient",
]

@Suite struct ModuleDirectionTests {
    private struct Package: Decodable {
        struct Target: Decodable {
            var name: String
            var type: String
            var target_dependencies: [String]?
        }
        var targets: [Target]
    }

    private let targets: [Package.Target]
    private let root: String

    init() throws {
        root = #filePath.components(separatedBy: "/Tests/").dropLast().joined(separator: "/Tests/")
        targets = try Self.described(at: root).targets
    }

    @Test func `every module is in a row and uses lower rows only`() throws {
        for target in targets where target.type != "test" && target.name != "TestSupport" {
            let row = try #require(
                rows.firstIndex { $0.contains(target.name) }, "\(target.name) is in no row")
            for dependency in target.target_dependencies ?? [] {
                let below = try #require(rows.firstIndex { $0.contains(dependency) })
                #expect(below < row, "\(target.name) uses \(dependency)")
            }
        }
    }

    @Test func `pure modules use pure modules only`() {
        for target in targets where pure.contains(target.name) {
            for dependency in target.target_dependencies ?? [] {
                #expect(pure.contains(dependency), "\(target.name) uses \(dependency)")
            }
        }
    }

    @Test func `each C library has exactly one owner`() {
        for target in targets where target.name != "TestSupport" && target.type != "test" {
            for library in target.target_dependencies ?? [] where owners[library] != nil {
                #expect(owners[library] == target.name, "\(target.name) uses \(library)")
            }
        }
    }

    @Test func `what ships imports neither full Foundation nor, in pure modules, a C library`() throws {
        for target in targets where target.type != "test" && target.name != "TestSupport" {
            let folder = root + "/Sources/" + target.name
            for (file, imports) in try Self.imports(under: folder) {
                #expect(!imports.contains { $0.hasSuffix(" Foundation") }, "\(file)")
                guard pure.contains(target.name) else { continue }
                #expect(!imports.contains { $0.contains(#/import (Glibc|Dispatch|C[A-Z])/#) }, "\(file)")
            }
        }
    }

    /// A release is built without the test runner: programs of the tests' own are among what is built.
    @Test func `what is no test imports no test runner`() throws {
        for target in targets where target.type != "test" {
            for folder in ["Sources/", "Tests/"].map({ root + "/" + $0 + target.name }) {
                for (file, imports) in try Self.imports(under: folder) {
                    #expect(
                        !imports.contains { $0.hasSuffix(" Testing") || $0.hasSuffix(" XCTest") }, "\(file)")
                }
            }
        }
    }

    private static func imports(under folder: String) throws -> [(file: String, imports: [Substring])] {
        let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return try files.filter { $0.hasSuffix(".swift") }.map { file in
            let path = folder + "/" + file
            let source = try String(contentsOfFile: path, encoding: .utf8)
            return (path, source.split(separator: "\n").filter { $0.contains(#/^(\w+ )*import /#) })
        }
    }

    private static func described(at root: String) throws -> Package {
        let scratch = try TemporaryDirectory()
        let run = try Child.run(
            "/usr/bin/env",
            arguments: [
                "swift", "package", "--package-path", root, "--scratch-path", scratch.path, "describe",
                "--type",
                "json",
            ], environment: ProcessInfo.processInfo.environment, timeout: .seconds(120))
        return try JSONDecoder().decode(Package.self, from: Data(run.output))
    }
}
