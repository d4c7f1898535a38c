import Model
import Preview
import Testing

struct FrameAgreementTests {
    private let serial = Symbol(symbology: .code128, bytes: Array("SN-1".utf8))
    private let product = Symbol(symbology: .ean13, bytes: Array("9501101530003".utf8))
    private var agreement = FrameAgreement()

    /// Feeds frames with equal steps of time between them; what each frame took.
    private func take(_ frames: [[Symbol]], every step: Int64, _ agreement: FrameAgreement = .init())
        -> [[Symbol]]
    {
        var agreement = agreement
        return frames.enumerated().map { agreement.see($1, at: Int64($0) * step) }
    }

    @Test func `the second frame that shows a symbol takes it, and later ones do not`() {
        #expect(take([[serial], [serial], [serial], [serial]], every: 100) == [[], [serial], [], []])
    }

    @Test func `the two frames need not follow one another`() {
        #expect(take([[serial], [], [], [serial]], every: 300) == [[], [], [], [serial]])
    }

    @Test func `two frames too far apart do not agree`() {
        #expect(take([[serial], [serial], [serial]], every: 2001) == [[], [], []])
        #expect(take([[serial], [serial]], every: 2000) == [[], [serial]])
    }

    @Test func `where one frame is enough, the first takes it and the second does not`() {
        let stills = FrameAgreement(framesNeeded: 1)
        #expect(
            take([[serial], [serial, product], [serial]], every: 100, stills) == [[serial], [product], []])
        let three = FrameAgreement(framesNeeded: 3)
        #expect(
            take([[serial], [], [serial], [serial], [serial]], every: 100, three) == [
                [], [], [], [serial], [],
            ])
    }

    @Test func `doubtful frames alone take long, and leave the doubt; sure ones take it away`() {
        var doubtful = serial
        doubtful.isDisputed = true
        let frames = [[Symbol]](repeating: [doubtful], count: 8)
        #expect(take(frames, every: 100) == [[Symbol]](repeating: [], count: 7) + [[doubtful]])
        #expect(take([[doubtful], [serial], [doubtful], [serial]], every: 100) == [[], [], [], [serial]])
        let stills = FrameAgreement(framesNeeded: 1)
        #expect(take([[doubtful], [serial]], every: 100, stills) == [[doubtful], []])
    }

    @Test func `one frame that shows a symbol twice is one frame`() {
        #expect(take([[serial, serial], [serial]], every: 100) == [[], [serial]])
    }

    @Test func `the same bytes in another kind of symbol are another symbol`() {
        let other = Symbol(symbology: .code39, bytes: serial.bytes)
        #expect(take([[serial], [other], [other]], every: 100) == [[], [], [other]])
    }

    @Test func `points do not matter to agreement, and those of the newer frame are given`() {
        var moved = serial
        moved.points = [Point(x: 1, y: 2)]
        #expect(take([[serial], [moved]], every: 100) == [[], [moved]])
    }

    @Test func `symbols of one frame are judged each for itself`() {
        #expect(
            take([[serial], [serial, product], [product, serial]], every: 100)
                == [[], [serial], [product]])
    }

    @Test func `out of view for a second, a symbol can be taken again`() {
        let away = [[Symbol]](repeating: [], count: 10)
        let frames = [[serial], [serial]] + away + [[serial], [serial]]
        #expect(take(frames, every: 100).filter { !$0.isEmpty } == [[serial], [serial]])
    }

    @Test func `shortly out of view, it is not taken again`() {
        let frames = [[serial], [serial]] + [[Symbol]](repeating: [], count: 8) + [[serial], [serial]]
        #expect(take(frames, every: 100).filter { !$0.isEmpty } == [[serial]])
    }

    @Test func `one slow frame is no absence`() {
        var agreement = agreement
        #expect(agreement.see([serial], at: 0).isEmpty)
        #expect(agreement.see([serial], at: 100) == [serial])
        #expect(agreement.see([], at: 200).isEmpty)
        #expect(agreement.see([serial], at: 5000).isEmpty)
        #expect(agreement.see([serial], at: 5100).isEmpty)
    }

    @Test func `a stream of misreadings is never taken and not kept`() {
        var agreement = agreement
        for index in 0..<5000 {
            let misread = Symbol(symbology: .itf, bytes: Array("\(index)".utf8))
            #expect(agreement.see([misread], at: Int64(index) * 100).isEmpty)
        }
        var fresh = FrameAgreement()
        _ = agreement.see([], at: 600_000)
        _ = fresh.see([], at: 600_000)
        #expect(agreement == fresh)
    }
}
