import CertificateLint
import CommandTable
import Credentials
import HandOver
import Intake
import Model
import Processes
import Scanning
import Store

/// `muster commission`: one device, or with --lines one device a line.
struct CommissionCommand {
    let companion: Companion

    private var console: Console { companion.console }
    private var invocation: Invocation { companion.context.invocation }

    func run() async throws -> ExitCode {
        let link = try LinkChoice("hand-over", companion)
        try ProvisionChoice(invocation).check(handsOver: link != nil)
        let commissioning = try await Commissioning(companion)
        let capture = try Capture(companion.context)
        if invocation.has("lines") { return try await runLines(commissioning, capture) }
        let evidence = try await evidence(capture)
        let job = try await JobAtHand.named(companion, commissioning.registrar)
        let request = try await request(evidence, commissioning, job)
        let saved = try await commissioning.save(request)
        tell(saved, request)
        let code = try await SendingAfterwards(companion).run(saved.operations)
        let handedOver = try await handOver(saved, over: link)
        try await writeCertificate(saved, request)
        return handedOver == .done ? code : handedOver
    }

    private func handOver(_ saved: Commissioning.Saved, over link: LinkChoice?) async throws -> ExitCode {
        guard let link, let device = try await companion.store.device(saved.lane) else { return .done }
        return try await HandOverCommand(companion: companion).run(device, over: link)
    }

    /// Each line of standard input is what a scanner read: saved one by one, each said only once it is on the disk.
    private func runLines(_ commissioning: Commissioning, _ capture: Capture) async throws -> ExitCode {
        var all: [OperationID] = []
        var worst = ExitCode.done
        var number = 0
        var job = try await JobAtHand.named(companion, commissioning.registrar)
        while let line = readLine(strippingNewline: true) {
            number += 1
            guard line.contains(where: { !$0.isWhitespace }) else { continue }
            do {
                let evidence = try capture.evidence(payload: Array(line.utf8))
                try await job?.refresh(companion.store, commissioning.registrar.registrar)
                let request = try await request(evidence, commissioning, job)
                let saved = try await commissioning.save(request)
                job?.note(saved.lane, request.device.identity, at: request.position)
                tellLine(number, saved, request)
                all += saved.operations
            } catch {
                let failure = CommandFailure(error)
                // A store that cannot be written would lose every further line.
                guard failure.exitCode == .badInput else { throw failure }
                console.remark("Line \(number):")
                console.report(failure.explanation)
                worst = .badInput
            }
        }
        let sent = try await SendingAfterwards(companion).run(all)
        return worst == .done ? sent : worst
    }

    /// With the findings of the job alone: the others would be the same on every line.
    private func tellLine(_ number: Int, _ saved: Commissioning.Saved, _ request: CommissionRequest) {
        let findings = request.jobFindings
        console.print(
            SavedLine(
                device: saved.lane, line: number, position: request.position, saved: saved.operations,
                findings: findings.isEmpty ? nil : findings.map(\.explanation.id)))
        console.show("● saved  \(saved.name)" + (request.position.map { "  \($0)" } ?? ""))
        for finding in findings { console.remark("  \(finding.explanation.what)") }
    }

    private struct SavedLine: Encodable {
        var device: DeviceIdentifier
        var line: Int
        var position: String?
        var saved: [OperationID]
        var findings: [String]?
    }

    private func evidence(_ capture: Capture) async throws -> LabelEvidence {
        switch (invocation.value("label"), invocation.value("image"), invocation.value("serial")) {
        case (let label?, nil, nil):
            return try capture.evidence(
                payload: try PayloadText.bytes(label), as: invocation.value("as"))
        case (nil, let image?, nil):
            let scanner = capture.scanner()
            let evidence = try await capture.evidence(picture: image, with: scanner)
            await scanner.stop()
            return evidence
        case (nil, nil, let serial?): return try LabelEvidence(serial: serial)
        case (nil, nil, nil), (_, _, _):
            throw CommandFailure(
                .usage, "usage", "Nothing was saved: name the device once.",
                "Give one of --label, --image or --serial.")
        }
    }

    private func request(
        _ evidence: LabelEvidence, _ commissioning: Commissioning, _ job: JobAtHand?
    ) async throws -> CommissionRequest {
        let registrar = commissioning.registrar.registrar
        let product: ProductID? = try invocation.value("product").map { try ArgumentText.identifier($0) }
        let products = try await companion.store.products(registrar)
        var device = try evidence.device(product: product, products: products)
        device = device.settled { job?.progress?.expects($0) ?? false }
        if product == nil, let job { device = job.completed(device, products: products) }
        let place = Place(companion, commissioning.registrar, job: job?.job)
        let tenant = try await place.tenant()
        let site = try await place.site(of: tenant)
        let position = invocation.value("position") ?? job?.position(of: device.identity, at: site)
        guard site != nil || position == nil else {
            throw CommandFailure(
                .usage, "site_missing", "Nothing was saved: a position is a position at a site.",
                "Name the site with --site.")
        }
        var wanted = CommissionRequest(
            device: device, tenant: tenant, site: site, position: position, job: job?.id,
            jobFindings: job?.findings(of: device.identity, at: site, position) ?? [])
        wanted.target = try ProvisionChoice.target(invocation)
        try await DeviceKeyChoice(commissioning).addKey(to: &wanted)
        try ProvisionChoice(invocation).check(wanted)
        return wanted
    }

    private func tell(_ saved: Commissioning.Saved, _ request: CommissionRequest) {
        for remark in request.device.remarks { console.remark(remark) }
        for finding in saved.findings {
            console.remark("\(finding.explanation.what) \(finding.explanation.nextStep)")
        }
        if saved.operations.isEmpty { console.remark("\(saved.name): everything is saved already.") }
    }

    /// The certificate of this request's key and no other: an older one of the device may be on record still.
    private func writeCertificate(_ saved: Commissioning.Saved, _ request: CommissionRequest) async throws {
        guard let path = invocation.value("certificate") else { return }
        let key = try request.certificateRequest.map { try CertificateRequest($0).publicKeyHash }
        for entry in try await companion.store.history(saved.lane).reversed() {
            guard let chain = entry.receipt?.certificateChain,
                let leaf = try Certificate.chain(pem: chain).first?.summary,
                key == nil || leaf.publicKeyHash == key
            else { continue }
            try Files.writeAtomically(Array(chain.utf8), to: path, mode: 0o644)
            console.remark("The certificate chain is in \(path).")
            return
        }
        console.remark(
            "No certificate was issued yet, so \(path) was not written. Once it is confirmed: "
                + "`muster device show \(saved.name) --certificate \(path)`.")
    }
}
