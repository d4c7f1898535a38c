import Model
package import TargetCore

/// The things of an account and region. With a query they are searched in the fleet index, which must be on:
/// `attributes.site:oslo-1`.
struct AWSListing: TargetListing {
    /// Marks end after a while; a list that takes longer each time has no end.
    private static let restarts = 3

    private let query: String?
    private var next: String?
    private var isAtEnd = false
    private var restarts = 0

    init(query: String?) {
        self.query = query
    }

    var call: CloudCall? {
        guard !isAtEnd else { return nil }
        return query.map { AWSCalls.searchIndex(query: $0, nextToken: next) }
            ?? AWSCalls.listThings(nextToken: next)
    }

    mutating func take(_ reply: CloudReply) throws(TargetFault) -> [TargetHolding] {
        guard let call else { return [] }
        guard (200..<300).contains(reply.status) else {
            if reply.status == 400, next != nil, restarts < Self.restarts, !isThrottling(reply) {
                restarts += 1
                next = nil
                return []
            }
            throw AWSFaults.fault(AWSError(reply), of: call.name)
        }
        guard let page = AWSReplies.read(Page.self, reply), let things = page.things,
            page.nextToken == nil || page.nextToken != next
        else { throw AWSFaults.unreadable(reply, of: call.name) }
        let holdings = try things.map { thing throws(TargetFault) in
            guard let name = thing.thingName else { throw AWSFaults.unreadable(reply, of: call.name) }
            return TargetHolding(
                .device, name, device: thing.attributes?[AWSAttributes.device].map(DeviceID.init(trusted:)),
                tenant: thing.attributes?[AWSAttributes.tenant].map(TenantID.init(trusted:)))
        }
        next = page.nextToken
        isAtEnd = next == nil
        return holdings
    }

    /// AWS throttles with status 400, too.
    private func isThrottling(_ reply: CloudReply) -> Bool {
        AWSFaults.fault(AWSError(reply), of: "").retry == .later
    }

    private struct Page: Decodable {
        var things: [AWSReplies.Thing]?
        var nextToken: String?
    }
}

extension AWSTarget {
    package func listing(matching query: String?) -> any TargetListing { AWSListing(query: query) }
}
