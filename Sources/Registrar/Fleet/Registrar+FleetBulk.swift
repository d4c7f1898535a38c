package import AWSIoT
import Credentials
package import Model
import RegistrarCore
import RegistrarStore
import TargetCore
import Targets

/// Bulk tasks of an account: many devices out of one file.
extension Registrar {
    /// What a bulk task is to be.
    package struct BulkOrder: Equatable, Sendable {
        package var template: String
        /// One JSON object a line.
        package var lines: String
        package var bucket: String
        package var key: String
        package var role: String
        /// Whether the file is put into the bucket first, or lies there.
        package var uploads: Bool

        package init(
            template: String, lines: String, bucket: String, key: String, role: String, uploads: Bool
        ) {
            self.template = template
            self.lines = lines
            self.bucket = bucket
            self.key = key
            self.role = role
            self.uploads = uploads
        }
    }

    /// How a bulk task stands.
    package struct BulkStanding: Codable, Equatable, Sendable {
        package var target: TargetID
        /// `s3://bucket/key`.
        package var file: String
        package var taskID: String?
        package var task: BulkRegistration.TaskState?
        package var state: String
        package var said: String?
    }

    /// What is wrong with an order, found without asking anybody; and how many devices it has.
    package static func bulkFile(_ order: BulkOrder) -> BulkFile {
        var file = BulkFile(order.lines, template: order.template) { pem in
            (try? CertificateFile(Array(pem.utf8)).facts().items) ?? []
        }
        file.findings = AWSTemplate.findings(in: order.template, use: .bulk) + file.findings
        return file
    }

    /// An hour: tasks of many devices take their time.
    private static let waitingSeconds: Int64 = 3600

    /// Puts the file into its bucket and starts the task; one that is begun for the same file is gone on with.
    package func startBulk(
        _ order: BulkOrder, at target: TargetID, waits: Bool
    ) async throws(RegistrarError) -> BulkStanding {
        try await fleetwise {
            let findings = Self.bulkFile(order).findings.filter { $0.weight == .refused }
            guard findings.isEmpty else { throw FleetError.findings(findings) }
            let (line, _) = try await awsLine(to: target)
            let fresh = BulkRegistration(
                template: order.template, bucket: order.bucket, key: order.key, role: order.role)
            let entry = try await store.openFleetWork(
                .bulk, at: target, about: "s3://\(order.bucket)/\(order.key)", try CanonicalJSON.text(fresh),
                by: Self.localAdministrator.operatorID, at: environment.now())
            let bulk = try Self.bulk(entry)
            if order.uploads, bulk.taskID == nil, !bulk.isInDoubt {
                let bytes = Array(order.lines.utf8)
                _ = try await ask(
                    AWSCalls.putObject(bytes, bucket: order.bucket, key: order.key), over: line)
            }
            return try await go(on: bulk, entry, over: line, waits: waits) { $0.taskID != nil }
        }
    }

    /// How the newest task of a target stands, or the one with that id; asked anew while it is under way.
    package func bulkStanding(
        at target: TargetID, task: String? = nil, waits: Bool
    ) async throws(RegistrarError) -> BulkStanding {
        try await fleetwise {
            let (line, _) = try await awsLine(to: target)
            let (entry, bulk) = try await bulkEntry(at: target, task)
            guard entry.state == .open else { return Self.standing(bulk, entry) }
            var fresh = bulk
            fresh.wake()
            return try await go(on: fresh, entry, over: line, waits: waits) { $0.pause != nil }
        }
    }

    private func go(
        on bulk: BulkRegistration, _ entry: FleetEntry, over line: TargetConnection, waits: Bool,
        isEnough: @escaping @Sendable (BulkRegistration) -> Bool
    ) async throws -> BulkStanding {
        var (bulk, entry) = (bulk, entry)
        let seconds = waits ? Self.waitingSeconds : Self.fleetSeconds
        try await perform(
            &bulk, in: entry, from: line, until: environment.now().advanced(bySeconds: seconds),
            isEnough: { !waits && isEnough($0) })
        if case .done = bulk.move {
            let said = bulk.task.map { "\($0.status): \($0.succeeded) made, \($0.failed) failed" }
            try await end(entry, .done, saying: said)
            (entry.state, entry.said) = (.done, said)
        }
        return Self.standing(bulk, entry)
    }

    private func bulkEntry(
        at target: TargetID, _ task: String?
    ) async throws -> (FleetEntry, BulkRegistration) {
        for entry in try await store.fleetWork(.bulk, at: target) {
            let bulk = try Self.bulk(entry)
            if task == nil || bulk.taskID == task { return (entry, bulk) }
        }
        throw FleetError.noTask(target)
    }

    private static func bulk(_ entry: FleetEntry) throws -> BulkRegistration {
        try CanonicalJSON.decode(BulkRegistration.self, from: Array(entry.work.utf8))
    }

    private static func standing(_ bulk: BulkRegistration, _ entry: FleetEntry) -> BulkStanding {
        BulkStanding(
            target: entry.target, file: entry.subject, taskID: bulk.taskID, task: bulk.task,
            state: entry.state.rawValue, said: entry.said)
    }

    /// Stops the newest task of a target, or the one with that id. What it has registered stays.
    package func stopBulk(at target: TargetID, task: String?) async throws(RegistrarError) -> String {
        try await fleetwise {
            let (line, _) = try await awsLine(to: target)
            let (_, bulk) = try await bulkEntry(at: target, task)
            guard let id = bulk.taskID else { throw FleetError.noTask(target) }
            _ = try await ask(AWSCalls.stopThingRegistrationTask(id), over: line)
            try await store.noteFleet(
                "bulk_stopped", by: Self.localAdministrator.operatorID, about: id,
                ["target": target.rawValue], at: environment.now())
            return id
        }
    }

    /// The lines of a task's report, by links that AWS makes for a short while.
    package func bulkReport(
        at target: TargetID, task: String?, _ type: AWSCalls.ReportType
    ) async throws(RegistrarError) -> [String] {
        try await fleetwise {
            let (line, _) = try await awsLine(to: target)
            let (_, bulk) = try await bulkEntry(at: target, task)
            guard let id = bulk.taskID else { throw FleetError.noTask(target) }
            var (lines, token): ([String], String?) = ([], nil)
            repeat {
                let page = try await read(
                    AWSReplies.Reports.self,
                    AWSCalls.listThingRegistrationTaskReports(id, type: type, nextToken: token), over: line)
                for link in page.resourceLinks ?? [] {
                    let text = String(decoding: try await line.fetch(link), as: UTF8.self)
                    lines += text.split(whereSeparator: \.isNewline).map(String.init)
                }
                token = page.nextToken
            } while token != nil && lines.count < Self.limitListed
            return lines
        }
    }
}
