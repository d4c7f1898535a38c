import Canvas
import HandOver
import Model
import Screens
import Testing

/// The hand-over on the screen: what starts it, what stops it, and what is asked.
@Suite struct HandOverScreenTests {
    private let lane = Scene.gateway.lane

    private func wishes(_ stage: Stage) -> [HandOverWish] {
        stage.take().compactMap { if case .handOver(let wish) = $0 { wish } else { nil } }
    }

    @Test func `a stick that is found is handed over to with two keys, and is first the next time`() {
        let stage = Stage()
        Scene.choosing(stage)
        #expect(stage.screen.contains("dir:/media/jk/STICK"))
        stage.enter()
        #expect(wishes(stage).isEmpty, "choosing a way does nothing to a device")
        stage.enter()
        #expect(wishes(stage) == [HandOverWish(lane: lane, way: HandOverWay("dir:/media/jk/STICK"))])
        stage.answer(.handOverEnded(lane, .paused))
        stage.type("3")
        #expect(stage.screen.contains("▸ dir:/media/jk/STICK") && stage.screen.contains("as last time"))
    }

    @Test func `how a product is reached is kept on the disk, and nothing of another product`() throws {
        let stage = Stage()
        Scene.ready(stage)
        stage.enter()
        let kept = stage.take().compactMap { if case .keep(let keepsake) = $0 { keepsake } else { nil } }.last
        let encoded = try CanonicalJSON.encode(try #require(kept))
        let again = try CanonicalJSON.decode(Keepsake.self, from: encoded)
        #expect(again.ways?[ProductID(trusted: "gateway")] == HandOverWay("serial:/dev/ttyUSB0@115200"))
        #expect(again.ways?[ProductID(trusted: "dock")] == nil && again.ways?[nil] == nil)
    }

    @Test func `a keepsake from before there were ways is read as before`() throws {
        let old =
            #"{"assignment":{"confirms":true,"positionRule":{"kind":"none"}},"inBatch":false,"settings":{"touch":true}}"#
        let keepsake = try CanonicalJSON.decode(Keepsake.self, from: Array(old.utf8))
        #expect(keepsake.settings.touch && keepsake.ways == nil)
    }

    @Test func `each stage is seen as it is done`() {
        let stage = Stage()
        Scene.running(stage, [])
        #expect(stage.screen.contains("… compare with the label"))
        for (step, next) in zip(
            Scene.steps,
            ["take the device's request", "certificate", "bring it over", "switch to it", "have it proven"])
        {
            stage.answer(.handOverStepped(lane, step))
            #expect(stage.screen.contains("… \(next)"), "\(stage.screen)")
        }
    }

    @Test func `Esc asks once to stop it and stays; the next one leaves, and what comes of it is not missed`()
    {
        let stage = Stage()
        Scene.running(stage, [])
        _ = stage.take()
        stage.escape()
        #expect(stage.take().contains(.stopHandOver(lane)))
        #expect(stage.screen.contains("Stopping"))
        stage.escape()
        #expect(!stage.take().contains(.stopHandOver(lane)))
        #expect(stage.screen.contains("What was done"))
        stage.answer(.handOverEnded(lane, .failed(HandOverError.stopped(device: "GW-1").explanation)))
        #expect(stage.screen.contains("What was done"))
    }

    @Test func `while it goes on every other key is answered, and its end arrives below what lies over it`() {
        let stage = Stage()
        Scene.running(stage, [])
        _ = stage.take()
        stage.type("3")
        #expect(stage.screen.contains("stop it first"))
        stage.enter()
        #expect(wishes(stage).isEmpty, "Enter begins no second one")
        stage.type("0")
        #expect(stage.screen.contains("Help"))
        for step in Scene.steps { stage.answer(.handOverStepped(lane, step)) }
        stage.answer(.handOverEnded(lane, .done))
        stage.escape()
        #expect(stage.screen.contains("✓ GW-1 has its principals"))
    }

    @Test func `over https nothing starts before it is said what the device is known by`() {
        let stage = Stage()
        Scene.ready(stage, "https://10.0.0.7")
        _ = stage.take()
        stage.enter()
        stage.type("1")
        #expect(wishes(stage).isEmpty)
        #expect(stage.screen.contains("press Known by"))
        stage.type("5")
        stage.type("sha256:00")
        stage.enter()
        stage.enter()
        #expect(wishes(stage).map(\.way.knownBy) == ["sha256:00"])
    }

    @Test func `what is no way to a device is said, and the list stays`() {
        let stage = Stage()
        Scene.ready(stage, "ftp://10.0.0.7")
        #expect(stage.screen.contains("ftp://10.0.0.7 is no way to a device"))
        #expect(stage.screen.contains("Choose how to reach the device"))
    }

    @Test func `another key is taken only once the end of the name is typed; no key alone does it`() {
        let stage = Stage()
        Scene.running(stage, [])
        stage.answer(.handOverEnded(lane, .failed(Scene.cloned)))
        _ = stage.take()
        stage.type("8")
        for text in ["", "GW-2"] {
            stage.type(text)
            stage.enter()
        }
        stage.scan("SN-1001")
        #expect(wishes(stage).isEmpty)
        stage.type("gw-1")
        stage.enter()
        #expect(wishes(stage).map(\.acceptsNewKey) == [true])
    }

    @Test func `a device that cannot make a key gets one when a person says so`() {
        let stage = Stage()
        Scene.running(stage, [])
        let error = HandOverError.noKeyToGive(device: "GW-1", holder: nil)
        stage.answer(.handOverEnded(lane, .failed(error.explanation)))
        _ = stage.take()
        #expect(stage.screen.contains("Shall Muster make a key"))
        stage.type("8")
        #expect(wishes(stage).map(\.makesKey) == [true])
    }

    @Test func `the question of the key is put for these failures alone`() {
        let stage = Stage()
        Scene.running(stage, [])
        stage.answer(.handOverEnded(lane, .failed(HandOverError.linkLost(link: "dir:/x").explanation)))
        stage.type("8")
        #expect(stage.screen.contains("Nothing is asked about its key"))
    }

    @Test func `what is said of another device changes nothing`() {
        let stage = Stage()
        Scene.running(stage, [])
        let before = stage.screen
        let other = DeviceIdentifier.serial("GW-9", of: nil)
        stage.answer(.handOverStepped(other, .switched))
        stage.answer(.handOverEnded(other, .done))
        #expect(stage.screen == before)
    }
}
