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
func module(_ name: String, _ dependencies: [Target.Dependency] = [], _ settings: [SwiftSetting] = base)
    -> Target
{
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
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
        .systemLibrary(name: "CZBar", pkgConfig: "zbar", providers: [.apt(["libzbar-dev"])]),
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),
        .target(
            name: "CMicrohttpd", linkerSettings: [.linkedLibrary("microhttpd"), .linkedLibrary("gnutls")]),
        .target(name: "CZXing", linkerSettings: [.linkedLibrary("ZXing")]),
        .target(
            name: "CImages",
            linkerSettings: [
                .linkedLibrary("jpeg"), .linkedLibrary("png16"), .linkedLibrary("webp"),
                .linkedLibrary("tiff"),
            ]),
        .target(name: "CSystem"),

        // Pure: values and decisions.
        module("Model", [], pure),
        module("Labels", ["Model"], pure),
        module("Wedge", ["Model"], pure),
        module("Wire", ["Model"], pure),
        module("CommandTable", ["Model"], pure),
        module("ScanProtocol", ["Model"], pure),
        module("SyncCore", ["Model", "Wire"], pure),
        module("RegistrarCore", ["Model", "Wire"], pure),

        // Shells around one C library each.
        module("SQLite", ["Model", "CSQLite"]),
        module("AuditLog", ["Model", "SQLite"]),
        module("Credentials", ["Model", "COpenSSL"]),
        module("HTTPClient", ["Model", "CCurl"]),
        module("HTTPServer", ["Model", "CMicrohttpd"]),
        module("Processes", ["Model", "CSystem"]),
        module("Decoding", ["Model", "CZBar", "CZXing", "CImages"]),

        // Shells that keep or move Muster's own things.
        module("Scanning", ["Model", "Processes", "ScanProtocol"]),
        module("Store", ["Model", "Wire", "SyncCore", "SQLite", "AuditLog", "Processes"]),
        module("RegistrarStore", ["Model", "Wire", "RegistrarCore", "SQLite", "AuditLog", "Processes"]),
        module("Sync", ["Model", "Wire", "SyncCore", "HTTPClient", "Credentials", "Store"]),

        // Composition and programs.
        module(
            "Registrar",
            ["Model", "Wire", "RegistrarCore", "RegistrarStore", "Credentials", "HTTPServer", "Processes"]),
        module(
            "App",
            [
                "Model", "Labels", "Wire", "CommandTable", "SyncCore", "Credentials", "HTTPClient",
                "Processes",
                "Scanning", "Store", "Sync", "Registrar", "RegistrarCore", "HTTPServer",
            ]),
        .executableTarget(name: "muster", dependencies: ["App"], swiftSettings: base),
        .executableTarget(name: "muster-registrar", dependencies: ["App"], swiftSettings: base),
        .executableTarget(
            name: "muster-decode", dependencies: ["Decoding", "Model", "Processes", "ScanProtocol"],
            swiftSettings: base),

        // Tests.
        .target(name: "TestSupport", dependencies: ["Model"], path: "Tests/TestSupport", swiftSettings: base),
        .testTarget(
            name: "ArchitectureTests", dependencies: ["Processes", "TestSupport"], swiftSettings: base),
        tests("Model"),
        tests("Labels", ["Model", "Credentials"], exclude: ["Vectors"]),
        tests("Wedge", ["Model"]),
        tests("Wire", ["Model"]),
        tests("CommandTable", ["Model"]),
        tests("SyncCore", ["Model", "Wire"]),
        tests("RegistrarCore", ["Model", "Wire"]),
        tests("SQLite", ["Model"]),
        tests("Credentials", ["Model"], exclude: ["Vectors"]),
        tests("HTTPClient", ["Model", "HTTPServer", "Credentials"]),
        tests("HTTPServer", ["Model", "HTTPClient"]),
        tests("Processes", ["Model"]),
        tests("Decoding", ["Model", "Processes"], exclude: ["Fixtures"]),
        tests("Scanning", ["Model", "Processes", "ScanProtocol"]),
        tests("Store", ["Model", "SyncCore"]),
        tests("RegistrarStore", ["Model", "Wire", "RegistrarCore", "SQLite", "Credentials"]),
        tests("Registrar", ["Model", "Wire", "RegistrarCore", "Credentials", "HTTPClient", "HTTPServer"]),
        tests("Sync", ["Model", "Wire", "SyncCore", "Store", "Registrar", "HTTPServer", "Credentials"]),
        tests(
            "App",
            ["Model", "Wire", "Store", "Registrar", "Processes", "CommandTable", "Labels", "Credentials"],
            exclude: ["Golden"]),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
