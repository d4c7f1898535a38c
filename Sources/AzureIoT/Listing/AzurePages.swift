import TargetCore

/// Where a long answer of Azure's has been read to.
struct AzurePages {
    /// Entries on a page; what Microsoft's own command line asks for.
    private static let size = 100
    /// Marks are forgotten by the service after a while; a list that takes longer each time has no end.
    private static let restarts = 3

    private(set) var page = DPSPage(size: size)
    private(set) var isAtEnd = false
    private var restarts = 0

    /// The items of a page; `nil` when the list begins anew, as the service has forgotten where it was.
    mutating func take<Item: Decodable>(
        _ reply: CloudReply, to call: CloudCall, of type: Item.Type
    ) throws(TargetFault) -> [Item]? {
        guard reply.status == 200 else {
            if reply.status == 400, page.continuation != nil, restarts < Self.restarts {
                restarts += 1
                page.continuation = nil
                return nil
            }
            throw AzureFaults.read(reply, plane: AzurePlane(name: call.plane))
        }
        let next = page.next(after: reply)
        // A mark that does not change leads round in circles.
        guard let items = openJSON([Item].self, reply.body), next != page else {
            throw AzureFaults.notUnderstood(reply, call)
        }
        if let next { page = next } else { isAtEnd = true }
        return items
    }
}
