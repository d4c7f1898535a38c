import CommandTable
import Model
import Store

/// `muster job …`: the open jobs of the catalogue, and how far they are.
struct JobCommand {
    let companion: Companion

    private var console: Console { companion.console }
    private var invocation: Invocation { companion.context.invocation }

    func run(_ word: String) async throws -> ExitCode {
        let registrar = try await companion.session().registrar.registrar
        let tenant: TenantID? = try invocation.value("tenant").map { try ArgumentText.identifier($0) }
        switch word {
        case "list": try await list(registrar, tenant)
        case "show": try await show(registrar, tenant)
        default: throw UsageError.unknownCommand(word, of: "muster job", suggestion: nil)
        }
        return .done
    }

    private func list(_ registrar: RegistrarID, _ tenant: TenantID?) async throws {
        let jobs = try await companion.store.jobs(registrar, tenant: tenant)
        var table = TextTable(header: ["JOB", "TENANT/SITE", "DUE", "DONE", "SAVED", "NEEDS YOU", "NAME"])
        for job in jobs {
            let counts = try await companion.store.progress(of: job, registrar: registrar).counts
            console.print(JobSummary(job, counts))
            table.rows.append([
                job.jobID.rawValue, "\(job.tenant)/\(job.site)", job.due?.description ?? "–",
                "\(counts.done) of \(counts.expected)", String(counts.saved), String(counts.needsPerson),
                job.name,
            ])
        }
        if jobs.isEmpty {
            console.remark("The catalogue on this tablet has no open job. `muster sync` fetches the newest.")
        } else {
            table.lines.forEach(console.show)
        }
    }

    private func show(_ registrar: RegistrarID, _ tenant: TenantID?) async throws {
        let id: JobID = try ArgumentText.identifier(invocation.arguments[0])
        guard let job = try await companion.store.job(registrar, tenant: tenant, id) else {
            let reason = CommissioningFinding.jobNotInCatalogue(id).explanation
            throw CommandFailure(.badInput, reason)
        }
        let progress = try await companion.store.progress(of: job, registrar: registrar)
        console.print(JobReport(progress))
        JobCard(progress: progress).lines.forEach(console.show)
    }
}
