package import Model
package import TargetCore

/// The file of a bulk task, looked at before it is uploaded: one JSON object a line, the parameters of one device each.
package struct BulkFile: Equatable, Sendable {
    /// How many devices it has.
    package var devices = 0
    package var findings: [TargetFinding] = []

    /// More than that many lines at fault are not named one by one.
    private static let limitFindings = 20
    private static let limitLineBytes = 256 << 10

    /// What is wrong with the lines of a file for a template's body. `facts` reads certificate requests and certificates.
    package init(_ text: String, template: String, facts: (_ pem: String) -> [CertificateFacts]) {
        let parameters = JSONValue(template)?["Parameters"]?.members ?? [:]
        let needed = Set(parameters.filter { $0.value["Default"] == nil }.keys)
        var seen: [String: Int] = [:]
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard line.contains(where: { !$0.isWhitespace }) else { continue }
            devices += 1
            let number = index + 1
            if let first = seen[String(line)] {
                note(number, "says the same as line \(first)", "Take one of the two out.")
            }
            seen[String(line)] = seen[String(line)] ?? number
            check(String(line), number, needed: needed, known: Set(parameters.keys), facts)
        }
        if devices == 0 {
            findings.append(
                TargetFinding(
                    "aws_bulk_empty", what: "The file names no device.",
                    nextStep: "Write one JSON object a line: the template's parameters of one device."))
        }
    }

    private mutating func check(
        _ line: String, _ number: Int, needed: Set<String>, known: Set<String>,
        _ facts: (String) -> [CertificateFacts]
    ) {
        guard line.utf8.count <= Self.limitLineBytes else {
            return note(number, "is longer than \(Self.limitLineBytes >> 10) KiB", "Shorten it.")
        }
        guard case .object(let members)? = JSONValue(line) else {
            return note(
                number, "is no JSON object", "Write the device's parameters as {\"NAME\": \"VALUE\"}.")
        }
        var values: [String: String] = [:]
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            guard let text = value.text else {
                return note(
                    number, "gives \(VisibleText.of(name)) no text", "Put its value in quotation marks.")
            }
            values[name] = text
        }
        if let missing = needed.subtracting(values.keys).min() {
            return note(number, "does not say \(VisibleText.of(missing))", "Add that parameter.")
        }
        if let unknown = Set(values.keys).subtracting(known).min() {
            return note(
                number, "says \(VisibleText.of(unknown)), which the template does not know",
                "Take it out, or declare it in the template's Parameters.")
        }
        guard let request = values[AWSTemplate.requestParameter] else { return }
        guard let leaf = facts(request).first, leaf.isRequest else {
            return note(
                number, "has no certificate request in \(AWSTemplate.requestParameter)",
                "Put the request's PEM text there, its line ends as \\n.")
        }
        if !leaf.isSignedByItsKey {
            note(number, "has a request that its own key has not signed", "Have the device make it anew.")
        }
    }

    private mutating func note(_ line: Int, _ what: String, _ nextStep: String) {
        guard findings.count < Self.limitFindings else { return }
        findings.append(
            TargetFinding("aws_bulk_line", what: "Line \(line) \(what).", nextStep: nextStep))
    }
}
