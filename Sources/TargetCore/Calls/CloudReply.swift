/// What came back of a call; hostile until it is read.
package struct CloudReply: Equatable, Sendable {
    package var status: Int
    package var headers: [CloudCall.Field]
    package var body: [UInt8]

    package init(status: Int, headers: [CloudCall.Field] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The value of the first header of that name, in any case of letters.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
