import Model
import Processes
import Testing

struct ConnectionTests {
    @Test func `bytes arrive whole, however they were cut`() throws {
        let (left, right) = try Descriptor.socketPair()
        let (sender, receiver) = (try Connection(left), try Connection(right))
        try sender.write([1, 2], by: nil)
        try sender.write([3, 4, 5], by: nil)
        #expect(try receiver.read(exactly: 5, by: Deadline(after: .seconds(5))) == [1, 2, 3, 4, 5])
    }

    @Test func `a silent peer times out`() throws {
        let (left, right) = try Descriptor.socketPair()
        let connection = try Connection(left)
        #expect(throws: SystemError.timedOut) {
            try connection.read(exactly: 1, by: Deadline(after: .milliseconds(10)))
        }
        _ = right
    }

    @Test func `a peer that does not read times out the writer`() throws {
        let (left, right) = try Descriptor.socketPair()
        let connection = try Connection(left)
        #expect(throws: SystemError.timedOut) {
            try connection.write(
                [UInt8](repeating: 0, count: 4 << 20), by: Deadline(after: .milliseconds(10)))
        }
        _ = right
    }

    @Test func `a peer that has gone is told from one that is silent`() throws {
        var (left, right): (Descriptor?, Descriptor?) = try Descriptor.socketPair()
        let connection = try Connection(try #require(left))
        left = nil
        right = nil
        #expect(right == nil)
        #expect(throws: SystemError.disconnected) { try connection.read(exactly: 1, by: nil) }
        #expect(throws: SystemError.disconnected) { try connection.write([1], by: nil) }
    }

    @Test func `an open file travels with the bytes`() throws {
        let (left, right) = try Descriptor.socketPair()
        let (sender, receiver) = (try Connection(left), try Connection(right))
        try sender.write([7, 8], with: try Descriptor.sealedMemory(named: "t", [1, 2, 3]), by: nil)
        try sender.write([9], by: nil)
        #expect(try receiver.hasNews)

        let (bytes, passed) = try receiver.readPassed(exactly: 3, by: Deadline(after: .seconds(5)))
        #expect(bytes == [7, 8, 9])
        let file = try #require(passed)
        #expect(try file.status().kind == .file)
        #expect(try file.readWhole(limit: 3) == [1, 2, 3])
        #expect(try !receiver.hasNews)
    }

    @Test func `bytes without a file arrive without one`() throws {
        let (left, right) = try Descriptor.socketPair()
        try Connection(left).write([7], by: nil)
        let (bytes, passed) = try Connection(right).readPassed(exactly: 1, by: Deadline(after: .seconds(5)))
        #expect(bytes == [7])
        #expect(passed == nil)
    }
}
