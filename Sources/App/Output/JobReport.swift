import Model

/// A job without its list, as `muster job list --json` prints it.
struct JobSummary: Encodable {
    var jobID: JobID
    var tenant: TenantID
    var site: SiteID
    var name: String
    var due: CivilDate?
    var counts: JobCounts

    init(_ job: Job, _ counts: JobCounts) {
        jobID = job.jobID
        tenant = job.tenant
        site = job.site
        name = job.name
        due = job.due
        self.counts = counts
    }
}

/// A job with its list and its progress, as `muster job show --json` prints it.
struct JobReport: Encodable {
    var jobID: JobID
    var tenant: TenantID
    var site: SiteID
    var name: String
    var due: CivilDate?
    var product: ProductID?
    var positionRule: PositionRule
    var counts: JobCounts
    var expected: [Line]
    /// Devices of the job that fulfil no line.
    var unexpected: [JobDevice]
    var nextPosition: String?

    struct Line: Encodable {
        var position: String?
        var product: ProductID?
        var fields: [String: String]
        var note: String?
        var state: JobProgress.LineState
        /// The device that fulfils the line.
        var device: JobDevice?
    }

    init(_ progress: JobProgress) {
        let job = progress.job
        jobID = job.jobID
        tenant = job.tenant
        site = job.site
        name = job.name
        due = job.due
        product = job.product
        positionRule = job.positionRule
        counts = progress.counts
        expected = progress.lines.map { line in
            Line(
                position: line.expected.position, product: line.expected.product ?? job.product,
                fields: line.expected.fields, note: line.expected.note, state: line.state,
                device: line.device)
        }
        unexpected = progress.devicesWithoutLine
        nextPosition = progress.nextPosition
    }
}

/// A job with its list, for people.
struct JobCard {
    let progress: JobProgress

    var lines: [String] {
        let job = progress.job
        var rows = [
            "\(job.name) (\(job.jobID)), at \(job.tenant)/\(job.site)"
                + (job.due.map { ", due \($0)" } ?? "")
        ]
        var table = TextTable(header: ["", "POSITION", "DEVICE", "PRODUCT", "NOTE"])
        for line in progress.lines { table.rows.append(Self.cells(line, job)) }
        for device in progress.devicesWithoutLine {
            table.rows.append([
                "\(device.mark.symbol) \(device.mark.word)", device.position ?? "–",
                device.identity.displayName, device.identity.product?.rawValue ?? "–",
                job.expected.isEmpty ? "" : "not in the list",
            ])
        }
        if !table.rows.isEmpty { rows += table.lines }
        rows.append(JobWords.sum(progress.counts))
        if let next = progress.nextPosition { rows.append("next free position: \(next)") }
        return rows
    }

    private static func cells(_ line: JobProgress.Line, _ job: Job) -> [String] {
        let device = line.device
        return [
            device.map { "\($0.mark.symbol) \($0.mark.word)" } ?? "  open",
            device.flatMap(\.position) ?? line.expected.position ?? "–",
            device?.identity.displayName ?? line.expected.displayName,
            (line.expected.product ?? device?.identity.product ?? job.product)?.rawValue ?? "–",
            line.expected.note ?? "",
        ]
    }
}

/// Progress in words.
enum JobWords {
    /// "12 of 14 done, 1 needs a person, 1 open".
    static func sum(_ counts: JobCounts) -> String {
        var parts = ["\(counts.done) of \(counts.expected) done"]
        if counts.saved > 0 { parts.append("\(counts.saved) saved") }
        if counts.needsPerson > 0 {
            parts.append("\(counts.needsPerson) need\(counts.needsPerson == 1 ? "s" : "") a person")
        }
        if counts.open > 0 { parts.append("\(counts.open) open") }
        if counts.unexpected > 0 { parts.append("\(counts.unexpected) not in the list") }
        return parts.joined(separator: ", ")
    }
}
