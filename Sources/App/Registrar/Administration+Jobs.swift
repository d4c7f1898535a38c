import CommandTable
import Model
import Wire

extension Administration {
    /// Sends all jobs of the file at once, so that they are added together or not at all.
    func addJobs() async throws {
        let jobs = try JobFile.jobs(context.invocation.arguments[0])
        let added: Items<Job> = try await client.post(Items(items: jobs), to: .add(.jobs))
        for job in added.items {
            context.console.print(job)
            context.console.show(
                "Job \(job.jobID) is added: \(job.expected.count) devices at \(job.tenant)/\(job.site).")
        }
    }

    /// Closes the job; whose it is need not be said when only one tenant has an open one of that name.
    func closeJob() async throws {
        let id = try name(JobID.self)
        let tenant: TenantID
        if let named = context.invocation.value("tenant") {
            tenant = try parsed(named, TenantID.self)
        } else {
            let open: Items<Job> = try await client.get(.list(.jobs))
            let found = open.items.filter { $0.jobID == id }
            guard found.count == 1, let only = found.first else {
                throw CommandFailure(
                    .badInput, found.isEmpty ? "job_unknown" : "job_ambiguous",
                    found.isEmpty
                        ? "Nothing was closed: there is no open job \(id) that you may see."
                        : "Nothing was closed: several tenants have a job \(id).",
                    found.isEmpty ? "See `job list`." : "Name one with --tenant.")
            }
            tenant = only.tenant
        }
        let job: Job = try await client.post([String: String](), to: .closeJob(id, tenant: tenant))
        context.console.print(job)
        context.console.show("Job \(job.tenant)/\(job.jobID) is closed.")
    }
}

/// A job in one line, as the registrar's list has it.
enum JobLine {
    static func of(_ job: Job) -> String {
        let parts = [
            job.jobID.rawValue, "\(job.tenant)/\(job.site)", job.due.map { "due \($0)" } ?? "",
            "\(job.expected.count) devices", job.name,
        ]
        return parts.filter { !$0.isEmpty }.joined(separator: "  ")
    }
}

/// Jobs as files hold them: one as JSON, or one a line in a file named `.jsonl`.
enum JobFile {
    /// - Throws: `CommandFailure` with exit code 65, naming the line that is not usable.
    static func jobs(_ path: String) throws -> [Job] {
        guard path.hasSuffix(".jsonl") || path == "-" else {
            return [try CanonicalJSON.decode(Job.self, from: try InputFile.bytes(path))]
        }
        var jobs: [Job] = []
        for (number, line) in try InputFile.lines(path).enumerated()
        where !line.allSatisfy(\.isWhitespace) {
            do { jobs.append(try CanonicalJSON.decode(Job.self, from: Array(line.utf8))) } catch {
                let reason = CommandFailure(error).explanation
                throw CommandFailure(
                    .badInput, reason.id,
                    "Nothing was added: line \(number + 1) is not usable. \(reason.what)", reason.nextStep)
            }
        }
        return jobs
    }
}
