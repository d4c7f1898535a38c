import AzureIoT
import CommandTable
import Credentials
import Model
import Processes
import Registrar
import TargetCore
import Targets

/// Settings of a target as the command line gives them: a file, and single ones set over it.
struct SettingsText {
    private let invocation: Invocation

    init(_ invocation: Invocation) {
        self.invocation = invocation
    }

    /// The settings of a new target, or those that `old` becomes.
    func settings(_ kind: TargetKind, over old: TargetSettings?) throws -> TargetSettings {
        var members: [String: JSONValue] = [:]
        if let old {
            let text = try CanonicalJSON.encode(old)
            if case .object(let known)? = try CanonicalJSON.decode(JSONValue.self, from: text)["settings"] {
                members = known
            }
        }
        if let path = invocation.value("settings") {
            guard
                case .object(let given) = try CanonicalJSON.decode(
                    JSONValue.self, from: try InputFile.bytes(path, limit: 1 << 20))
            else { throw Self.usage("`\(path)` must be a JSON object") }
            members = given
        }
        for pair in invocation.values["set"] ?? [] {
            let (name, value) = try ArgumentText.pair(pair, takesEmpty: true, undone: "Nothing was kept")
            members = Self.set(
                Self.value(value), at: name.split(separator: ".").map(String.init)[...], in: members)
        }
        var whole: [String: JSONValue] = ["kind": .text(kind.rawValue), "settings": .object(members)]
        if let authorities = try authorities() ?? old?.authorities {
            whole["authorities"] = .text(authorities)
        }
        if let seconds = try downAfterSeconds() ?? old?.downAfterSeconds {
            whole["downAfterSeconds"] = .integer(Int64(seconds))
        }
        return try CanonicalJSON.decode(
            TargetSettings.self, from: try CanonicalJSON.encode(JSONValue.object(whole)))
    }

    /// Secrets out of files that nobody else may read.
    func secrets() throws -> TargetSecrets {
        var secrets: [String: Redacted<String>] = [:]
        for pair in invocation.values["secret"] ?? [] {
            let (name, path) = try ArgumentText.pair(pair, "NAME=FILE", undone: "Nothing was kept")
            secrets[name] = Redacted(try secret(path))
        }
        return TargetSecrets(secrets)
    }

    private func secret(_ path: String) throws -> String {
        let mode: Int32
        do { mode = try Files.status(path)?.mode ?? 0 } catch { throw CommandFailure(error) }
        guard mode & 0o077 == 0 else {
            throw CommandFailure(
                .badInput, "secret_file_open", "Nothing was kept: others may read `\(path)`.",
                "Run `chmod 600 \(path)`.")
        }
        var bytes = try InputFile.bytes(path, limit: 64 << 10)
        while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
        guard let text = String(validating: bytes, as: UTF8.self), !text.isEmpty else {
            throw CommandFailure(
                .badInput, "secret_file_unreadable", "Nothing was kept: `\(path)` holds no secret in UTF-8.",
                "Put the secret alone into the file.")
        }
        return text
    }

    /// `5m`, `90s`, `2h` or 0.
    private func downAfterSeconds() throws -> Int? {
        guard let text = invocation.value("down-after") else { return nil }
        if text == "0" { return 0 }
        let units = ["s": 1, "m": 60, "h": 3600]
        let number = text.dropLast()
        guard let unit = units[String(text.suffix(1))], number.count <= 6, let count = Int(number),
            (1...HealthTuning.longestDownAfterSeconds).contains(count * unit)
        else {
            throw Self.usage("`\(text)` is no time like 90s, 5m or 2h, up to a week, nor 0 for never")
        }
        return count * unit
    }

    private func authorities() throws -> String? {
        guard let path = invocation.value("ca") else { return nil }
        let text = String(
            decoding: try InputFile.bytes(path, limit: Certificate.limitBytes), as: UTF8.self)
        return try Certificate.chain(pem: text).map { try $0.pem }.joined()
    }

    /// A number, a truth value, a list or an object where the text is one in JSON; the text itself otherwise. Digits alone
    /// that start with a zero, as account numbers may, are text.
    private static func value(_ text: String) -> JSONValue {
        guard let value = try? CanonicalJSON.decode(JSONValue.self, from: Array(text.utf8)) else {
            return .text(text)
        }
        switch value {
        case .boolean, .list, .object: return value
        case .null, .integer, .number, .text: return .text(text)
        }
    }

    private static func set(
        _ value: JSONValue, at path: ArraySlice<String>, in members: [String: JSONValue]
    ) -> [String: JSONValue] {
        guard let name = path.first else { return members }
        var members = members
        if path.count == 1 {
            members[name] = value
        } else {
            var inner: [String: JSONValue] = [:]
            if case .object(let known)? = members[name] { inner = known }
            members[name] = .object(set(value, at: path.dropFirst(), in: inner))
        }
        return members
    }

    private static func usage(_ reason: String) -> CommandFailure {
        CommandFailure(
            .usage, "usage", "Nothing was kept: \(reason).", "See `muster-registrar target add --help`.")
    }
}
