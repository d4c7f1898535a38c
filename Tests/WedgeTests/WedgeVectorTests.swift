import Testing
import Wedge

@Suite struct WedgeVectorTests {
    @Test(arguments: WedgeVector.texts) func `a text means what it should`(_ vector: WedgeVector) throws {
        guard case .text(let input) = vector.input else {
            Issue.record("\(vector.id): the input is no text")
            return
        }
        let settings = WedgeSettings(
            prefix: vector.context?.prefix ?? "", suffix: vector.context?.suffix ?? "",
            gsSubstitute: vector.context?.gsSubstitute)
        switch WedgePayload.read(input, settings: settings) {
        case .success(let scan):
            #expect(vector.valid, "\(vector.id): not refused with \(vector.errors ?? [])")
            #expect(String(decoding: scan.payload, as: UTF8.self) == vector.expect?.payload, "\(vector.id)")
            #expect(scan.aim == vector.expect?.aim, "\(vector.id)")
            #expect(scan.terminator?.rawValue == vector.expect?.terminator, "\(vector.id)")
            #expect(scan.origin.rawValue == vector.expect?.origin ?? "scanner", "\(vector.id)")
        case .failure(let failure):
            #expect(!vector.valid, "\(vector.id): refused with \(failure)")
            #expect(vector.errors == [failure.code], "\(vector.id)")
        }
    }

    @Test(arguments: WedgeVector.timings) func `a pace tells who typed`(_ vector: WedgeVector) throws {
        guard case .keys(let keys) = vector.input else {
            Issue.record("\(vector.id): the input has no times")
            return
        }
        let run = BurstRecord(keys)
        #expect(run.typed + run.scanned.flatMap { $0 } == keys.map(\.0), "\(vector.id)")
        #expect(run.origin == vector.expect?.origin, "\(vector.id)")
    }

    @Test func `the vectors of the project are all there`() {
        #expect(WedgeVector.texts.count >= 12)
        #expect(WedgeVector.timings.count >= 8)
    }
}
