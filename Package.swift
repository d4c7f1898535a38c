// swift-tools-version:6.2
import PackageDescription

// Settings that every Swift target shares. `InternalImportsByDefault` keeps a C type from leaking out of
// the one module that owns its library.
let base: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

// Pure modules hold decisions only: an unsafe pointer in one of them does not compile.
let pure = base + [.strictMemorySafety()]

/// A Swift target under `Sources/<name>`.
func module(
    _ name: String, _ dependencies: [Target.Dependency] = [], _ settings: [SwiftSetting] = base,
    exclude: [String] = []
) -> Target {
    .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

/// The tests of one module, under `Tests/<name>Tests`.
func tests(
    _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.init(stringLiteral: name), "TestSupport"] + dependencies,
        exclude: exclude, swiftSettings: base)
}

let package = Package(
    name: "muster",
    products: [
        .executable(name: "muster", targets: ["muster"]),
        .executable(name: "muster-registrar", targets: ["muster-registrar"]),
        .executable(name: "muster-decode", targets: ["muster-decode"]),
    ],
    targets: [
        // C libraries, each imported by exactly one Swift module.
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CZBar", pkgConfig: "zbar", providers: [.apt(["libzbar-dev"])]),
        // These load their library when it is first needed: a start without network is twice as fast, and most
        // machines have no TPM.
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("dl")]),
        .target(name: "CMicrohttpd", linkerSettings: [.linkedLibrary("dl")]),
        .target(name: "CMosquitto", linkerSettings: [.linkedLibrary("dl")]),
        .target(name: "CTPM", linkerSettings: [.linkedLibrary("dl"), .linkedLibrary("crypto")]),
        .target(name: "CPKCS11", linkerSettings: [.linkedLibrary("dl")]),
        .target(name: "CZXing", linkerSettings: [.linkedLibrary("ZXing")]),
        .target(name: "CDmtx", linkerSettings: [.linkedLibrary("dmtx")]),
        .target(
            name: "CImages",
            linkerSettings: [
                .linkedLibrary("jpeg"), .linkedLibrary("png16"), .linkedLibrary("webp"),
                .linkedLibrary("tiff"), .linkedLibrary("gif"),
            ]),
        .target(name: "CSystem"),
        // No pkgConfig: its -D flags are refused at each build.
        .target(name: "CNcurses", linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
        .target(name: "CV4L2"),
        // Plain SQLite as a yardstick for the benchmarks; no product uses it.
        .target(name: "CRawCommits", linkerSettings: [.linkedLibrary("sqlite3")]),

        // Pure: values and decisions.
        module("Model", [], pure),
        module("Labels", ["Model"], pure),
        module("Wedge", ["Model"], pure),
        module("Preview", ["Model"], pure),
        module("Wire", ["Model"], pure),
        module("CommandTable", ["Model"], pure),
        module("ScanProtocol", ["Model"], pure),
        module("Canvas", ["Model"], pure),
        module("CertificateLint", ["Model"], pure),
        module("Intake", ["Model", "Labels"], pure),
        module("Screens", ["Model", "Labels", "Intake", "HandOver", "Canvas", "Wedge", "Preview"], pure),
        module("HandOver", ["Model"], pure, exclude: ["Protocol.md"]),
        module("SyncCore", ["Model", "Wire"], pure),
        module("RegistrarCore", ["Model", "Wire", "TargetCore"], pure),
        module("TargetCore", ["Model"], pure),
        module("AzureIoT", ["Model", "TargetCore"], pure),
        module("AWSIoT", ["Model", "TargetCore"], pure),

        // Shells around one C library each.
        module("SQLite", ["Model", "CSQLite"]),
        module("AuditLog", ["Model", "SQLite"]),
        module("Credentials", ["Model", "COpenSSL", "CTPM", "CPKCS11"]),
        module("HTTPClient", ["Model", "CCurl"]),
        module("HTTPServer", ["Model", "CMicrohttpd"]),
        module("Processes", ["Model", "CSystem"]),
        module("QRCodes", ["Model", "CQREncode"]),
        module("Decoding", ["Model", "CZBar", "CZXing", "CDmtx", "CImages"]),
        module("Terminal", ["Model", "Canvas", "CNcurses"]),

        // Shells that speak with a peer by what those own.
        module("TLSProbe", ["Model", "Credentials", "Processes"]),
        module("MQTTClient", ["Model", "Credentials", "Processes", "CMosquitto"]),

        module(
            "Targets",
            ["Model", "TargetCore", "AzureIoT", "AWSIoT", "Credentials", "HTTPClient", "Processes"]),

        // Shells that keep or move Muster's own things.
        module("Scanning", ["Model", "Processes", "ScanProtocol"]),
        module("Camera", ["Model", "Preview", "Processes", "ScanProtocol", "Scanning", "CV4L2"]),
        module("HandOverLinks", ["Model", "HandOver", "HTTPClient", "Processes"]),
        module("SimulatedDevice", ["Model", "HandOver", "Credentials", "HTTPServer", "Processes"]),
        // A device's own way to its cloud.
        module(
            "DeviceClouds",
            [
                "Model", "TargetCore", "AzureIoT", "AWSIoT", "Credentials", "HTTPClient", "MQTTClient",
                "Processes", "Targets",
            ]),
        module("Store", ["Model", "Wire", "SyncCore", "SQLite", "AuditLog", "Processes"]),
        module(
            "RegistrarStore",
            ["Model", "Wire", "RegistrarCore", "TargetCore", "SQLite", "AuditLog", "Processes"]),
        module("Sync", ["Model", "Wire", "SyncCore", "HTTPClient", "Credentials", "Store"]),

        // Composition and programs.
        module(
            "Registrar",
            [
                "Model", "Wire", "RegistrarCore", "RegistrarStore", "Credentials", "HTTPClient", "HTTPServer",
                "Processes", "TargetCore", "Targets", "AWSIoT",
            ]),
        module(
            "App",
            [
                "Model", "Labels", "Intake", "Wire", "CommandTable", "SyncCore", "Credentials", "HTTPClient",
                "Processes", "Canvas", "Screens", "Terminal", "Wedge", "Preview", "QRCodes",
                "Camera", "CertificateLint", "ScanProtocol", "Scanning", "Store", "Sync", "Registrar",
                "RegistrarCore", "HTTPServer", "HandOver", "HandOverLinks", "SimulatedDevice",
                "TLSProbe", "MQTTClient", "TargetCore", "Targets", "AzureIoT", "AWSIoT", "DeviceClouds",
            ]),
        .executableTarget(name: "muster", dependencies: ["App"], swiftSettings: base),
        .executableTarget(name: "muster-registrar", dependencies: ["App"], swiftSettings: base),
        .executableTarget(
            name: "muster-decode", dependencies: ["Decoding", "Model", "Processes", "ScanProtocol"],
            swiftSettings: base),
        .executableTarget(
            name: "muster-bench",
            dependencies: ["CRawCommits", "Credentials", "Model", "Processes", "SQLite", "Store"],
            swiftSettings: base),

        // Tests.
        .target(name: "CPseudoTerminal", path: "Tests/CPseudoTerminal"),
        .target(
            name: "TestSupport",
            dependencies: [
                "Model", "Canvas", "Credentials", "HTTPClient", "Labels", "Processes", "CPseudoTerminal",
            ],
            path: "Tests/TestSupport",
            swiftSettings: base),
        // What hostile labels must not bring about: held against a corpus by tests, against chance by Scripts/fuzz.
        .target(
            name: "LabelInvariants",
            dependencies: ["Model", "Labels", "Wedge", "ScanProtocol", "Credentials"],
            path: "Tests/LabelInvariants", swiftSettings: base),
        // A program that tests run in a pseudo terminal; it is not shipped.
        .executableTarget(
            name: "terminal-probe", dependencies: ["Model", "Canvas", "Terminal", "TestSupport"],
            path: "Tests/terminal-probe", swiftSettings: base),
        // The program with a look through its own memory behind it; it is not shipped.
        .target(name: "CMemoryScan", path: "Tests/CMemoryScan"),
        .executableTarget(
            name: "memory-probe", dependencies: ["App", "CMemoryScan"], path: "Tests/memory-probe",
            swiftSettings: base),
        // A decode worker that misbehaves; it is not shipped.
        .target(name: "CEvil", path: "Tests/CEvil"),
        .executableTarget(
            name: "evil-worker", dependencies: ["CEvil", "Model", "Processes", "ScanProtocol"],
            path: "Tests/evil-worker", swiftSettings: base),
        .testTarget(
            name: "ArchitectureTests", dependencies: ["Processes", "TestSupport"], swiftSettings: base),
        tests("Model"),
        tests("Labels", ["Model"], exclude: ["Vectors"]),
        tests("LabelInvariants", ["Model", "Labels"]),
        tests("Wedge", ["Model"]),
        tests("Preview", ["Model", "Decoding"]),
        tests("Wire", ["Model"]),
        tests("Canvas", ["Model"]),
        tests("CertificateLint", ["Model", "Credentials"]),
        tests("Intake", ["Model", "Labels"]),
        tests(
            "Screens",
            [
                "Model", "Labels", "Intake", "Canvas", "Wedge", "Preview",
                // Whose errors reach the screens, for their words in every language.
                "Camera", "Credentials", "HTTPClient", "HandOver", "MQTTClient", "Processes", "QRCodes",
                "SQLite",
                "Scanning", "Store",
                "SyncCore",
            ], exclude: ["Golden"]),
        tests("CommandTable", ["Model"]),
        tests("HandOver", ["Model"]),
        tests(
            "HandOverLinks",
            ["Model", "HandOver", "Credentials", "HTTPClient", "HTTPServer", "Processes", "SimulatedDevice"]),
        tests("SyncCore", ["Model", "Wire"]),
        tests("RegistrarCore", ["Model", "Wire", "TargetCore"]),
        tests("TargetCore", ["Model", "Credentials"]),
        tests("AzureIoT", ["Model", "TargetCore", "Credentials"], exclude: ["Vectors"]),
        tests("AWSIoT", ["Model", "TargetCore", "Credentials"], exclude: ["Vectors"]),
        tests("SQLite", ["Model"]),
        tests("Credentials", ["Model", "Processes"], exclude: ["Vectors"]),
        tests("HTTPClient", ["Model", "HTTPServer", "Credentials"]),
        tests("HTTPServer", ["Model", "HTTPClient"]),
        tests("Processes", ["Model"]),
        tests("TLSProbe", ["Model", "Credentials", "Processes"]),
        tests("MQTTClient", ["Model", "Credentials", "Processes"]),
        tests(
            "DeviceClouds",
            [
                "Model", "TargetCore", "AzureIoT", "Credentials", "HTTPClient", "MQTTClient", "Processes",
                "Targets",
            ]),
        tests(
            "Targets",
            ["Model", "TargetCore", "AzureIoT", "AWSIoT", "Credentials", "HTTPClient", "Processes"]),
        tests("QRCodes", ["Model", "Decoding"]),
        tests("Decoding", ["Model", "Processes", "Wedge"], exclude: ["Fixtures"]),
        tests("Terminal", ["Model", "Canvas", "Processes"]),
        tests("Scanning", ["Model", "Processes", "ScanProtocol", "Decoding"], exclude: ["Fixtures"]),
        tests("Camera", ["Model", "Preview", "Processes", "Scanning", "Decoding"], exclude: ["FakeCamera"]),
        tests("Store", ["Model", "SyncCore", "Credentials"]),
        tests("RegistrarStore", ["Model", "Wire", "RegistrarCore", "SQLite", "Credentials", "TargetCore"]),
        tests(
            "Registrar",
            [
                "Model", "Wire", "RegistrarCore", "RegistrarStore", "TargetCore", "AzureIoT", "Targets",
                "Credentials", "HTTPClient", "HTTPServer", "Processes", "SQLite",
            ]),
        tests(
            "Sync",
            [
                "Model", "Wire", "SyncCore", "Store", "Registrar", "RegistrarCore", "HTTPServer",
                "Credentials",
            ]),
        tests(
            "App",
            ["Model", "Wire", "Store", "Registrar", "Processes", "CommandTable", "Labels", "Credentials"],
            exclude: ["Golden"]),
        .testTarget(
            name: "FullScreenTests",
            dependencies: ["Canvas", "Credentials", "Model", "Processes", "TestSupport"], swiftSettings: base
        ),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)

// What Scripts/fuzz builds, in a folder of its own: libFuzzer takes flags that a release must not have.
if Context.environment["MUSTER_FUZZ"] != nil {
    package.targets += [
        .systemLibrary(name: "CLibFuzzer", path: "Tests/CLibFuzzer"),
        .executableTarget(
            name: "muster-fuzz", dependencies: ["CLibFuzzer", "LabelInvariants"], path: "Tests/muster-fuzz",
            swiftSettings: base + [.unsafeFlags(["-parse-as-library"])],
            // The default linker stumbles over the tables of libFuzzer.
            linkerSettings: [.unsafeFlags(["-use-ld=lld"])]),
    ]
}
