import AzureIoT
import Model
import TargetCore
import Testing

/// Somebody else changes a record between reading and writing it.
@Suite struct ConcurrentChangeTests {
    /// A change by hand, which gives the record another version.
    private static func change(_ peer: inout FakeAzure) {
        let version = peer.nextVersion()
        if peer.enrollments["meter-0001"] != nil {
            peer.enrollments["meter-0001"]?.iotHubs = ["by-hand.azure-devices.net"]
            peer.enrollments["meter-0001"]?.etag = version
        }
        if peer.devices["meter-0001"] != nil {
            peer.devices["meter-0001"]?.deviceScope = "by hand"
            peer.devices["meter-0001"]?.etag = version
        }
    }

    @Test(arguments: AzureWalk.all)
    func `what somebody changes in between is kept, and the intent ends the same`(_ walk: AzureWalk) throws {
        let (peer, marks) = try walk.scenario.start(of: walk.intent)
        let work = walk.scenario.work(walk.intent, marks: marks)
        var calm = walk.scenario.performer(peer)
        let expected = try calm.perform(work).end
        for place in 0..<calm.calls.count {
            var count = 0
            var hadEntry = false
            var hadDevice = false
            var performer = Performer(target: walk.scenario.target, peer: peer) { peer, call in
                let reply = peer.answer(call)
                if count == place {
                    hadEntry = peer.enrollments["meter-0001"] != nil
                    hadDevice = peer.devices["meter-0001"] != nil
                    Self.change(&peer)
                }
                count += 1
                return reply
            }
            #expect(try performer.perform(work).end == expected, "after \(calm.calls[place])")
            if hadEntry, let entry = performer.peer.enrollments["meter-0001"] {
                #expect(entry.iotHubs == ["by-hand.azure-devices.net"], "after \(calm.calls[place])")
            }
            if hadDevice, let device = performer.peer.devices["meter-0001"] {
                #expect(device.deviceScope == "by hand", "after \(calm.calls[place])")
            }
        }
    }
}
