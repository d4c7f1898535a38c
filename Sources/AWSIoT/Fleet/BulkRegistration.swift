import Model
package import TargetCore

/// Registering many devices by one task, of which an account carries out one at a time. Source: AWS IoT developer guide,
/// "Bulk registration".
package struct BulkRegistration: Codable, Equatable, Sendable {
    package enum Step: Equatable, Sendable {
        case call(CloudCall)
        case wait(seconds: Int, reason: String)
        case done(succeeded: Int, failed: Int, errorReports: [String])
        case refused(TargetFault)
    }

    package var template: String
    package var bucket: String
    package var key: String
    package var role: String
    package private(set) var taskID: String?
    package private(set) var task: TaskState?
    package private(set) var reports: [String]?
    package private(set) var fault: TargetFault?
    /// Whether the task was started and its answer lost.
    package private(set) var isInDoubt = false
    /// Tasks of the account that may be the one whose answer was lost.
    private var candidates: [String]?

    package struct TaskState: Codable, Equatable, Sendable {
        package var status: String
        package var succeeded: Int
        package var failed: Int
        package var percent: Int
        package var message: String
    }

    package init(template: String, bucket: String, key: String, role: String) {
        self.template = template
        self.bucket = bucket
        self.key = key
        self.role = role
    }

    /// Parameters of one device each, one line each, in the order given; the text of the file in the bucket.
    package static func lines(_ devices: [[String: String]]) -> String {
        devices.map { parameters in
            do { return try CanonicalJSON.text(parameters) + "\n" } catch {
                preconditionFailure("texts always encode: \(error)")
            }
        }.joined()
    }

    private static let pollSeconds = 15

    package var step: Step {
        if let fault { return .refused(fault) }
        guard let taskID else {
            if let candidate = candidates?.first {
                return .call(AWSCalls.describeThingRegistrationTask(candidate))
            }
            return .call(
                isInDoubt
                    ? AWSCalls.listThingRegistrationTasks()
                    : AWSCalls.startThingRegistrationTask(
                        template: template, bucket: bucket, key: key, role: role))
        }
        guard let task, ["Completed", "Failed", "Cancelled"].contains(task.status) else {
            return .call(AWSCalls.describeThingRegistrationTask(taskID))
        }
        guard let reports else {
            return .call(AWSCalls.listThingRegistrationTaskReports(taskID, type: .errors))
        }
        return .done(succeeded: task.succeeded, failed: task.failed, errorReports: reports)
    }

    /// How long to wait before the next step, once the last answer said that the task is under way.
    package var pause: Step? {
        guard let task, ["InProgress", "Cancelling"].contains(task.status) else { return nil }
        return .wait(seconds: Self.pollSeconds, reason: "\(task.percent) % of the task are done.")
    }

    /// What was seen of the task is out of date: it is looked at again.
    package mutating func wake() {
        if pause != nil { task = nil }
    }

    package mutating func willSend(_ call: CloudCall) {
        if call.name == "StartThingRegistrationTask" { isInDoubt = true }
    }

    @discardableResult
    package mutating func take(_ reply: CloudReply, of call: CloudCall) -> TargetFault? {
        guard (200..<300).contains(reply.status) else { return refuse(AWSError(reply), call) }
        switch call.name {
        case "StartThingRegistrationTask":
            guard let id = AWSReplies.read(AWSReplies.Task.self, reply)?.taskId else { break }
            (taskID, isInDoubt) = (id, false)
            return nil
        case "ListThingRegistrationTasks":
            struct Tasks: Decodable { var taskIds: [String]? }
            guard let ids = AWSReplies.read(Tasks.self, reply)?.taskIds else { break }
            // Whether one of them is this one, its key says.
            (candidates, isInDoubt) = (ids, !ids.isEmpty)
            return nil
        case "DescribeThingRegistrationTask": return described(reply, call)
        case "ListThingRegistrationTaskReports":
            guard let links = AWSReplies.read(AWSReplies.Reports.self, reply)?.resourceLinks else { break }
            reports = links
            return nil
        default: break
        }
        return AWSFaults.unreadable(reply, of: call.name)
    }

    private mutating func described(_ reply: CloudReply, _ call: CloudCall) -> TargetFault? {
        guard let task = AWSReplies.read(AWSReplies.Task.self, reply), let status = task.status else {
            return AWSFaults.unreadable(reply, of: call.name)
        }
        struct Input: Decodable { var inputFileKey: String? }
        if taskID == nil {
            guard AWSReplies.read(Input.self, reply)?.inputFileKey == key, let found = candidates?.first
            else {
                candidates = candidates.map { Array($0.dropFirst()) }
                isInDoubt = candidates?.isEmpty == false
                return nil
            }
            (taskID, candidates, isInDoubt) = (found, nil, false)
        }
        self.task = TaskState(
            status: status, succeeded: task.successCount ?? 0, failed: task.failureCount ?? 0,
            percent: task.percentageProgress ?? 0, message: task.message ?? "")
        return nil
    }

    private mutating func refuse(_ error: AWSError, _ call: CloudCall) -> TargetFault? {
        let fault = AWSFaults.fault(error, of: call.name)
        if call.name == "StartThingRegistrationTask", error.status < 500 { isInDoubt = false }
        if fault.retry == .never { self.fault = fault }
        return fault
    }
}
