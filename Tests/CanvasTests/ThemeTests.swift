import Canvas
import Testing

@Suite struct ThemeTests {
    @Test(arguments: CellRole.allCases) func `in daylight every role has a contrast of at least 7 to 1`(
        _ role: CellRole
    ) throws {
        let style = Theme.sun[role]
        let (front, back) = (try #require(style.foreground), try #require(style.background))
        #expect(front.contrastHundredths(with: back) >= 700, "\(front.contrastHundredths(with: back))")
    }

    @Test(arguments: CellRole.allCases) func `in the dark every role has a contrast of at least 7 to 1`(
        _ role: CellRole
    ) throws {
        let style = Theme.dark[role]
        let (front, back) = (try #require(style.foreground), try #require(style.background))
        #expect(front.contrastHundredths(with: back) >= 700, "\(front.contrastHundredths(with: back))")
        #expect(front.basic != back.basic, "the same on a terminal of eight colours")
    }

    @Test func `contrast is that of WCAG`() {
        #expect(Color.black.contrastHundredths(with: .white) == 2100)
        #expect(Color.white.contrastHundredths(with: .white) == 100)
        // By the formula in floating point: #0000d7 10.59, #d70000 5.39, #005f00 7.96 on white.
        for (index, expected) in [(20, 1059), (160, 539), (22, 796)] {
            let contrast = Color(UInt8(index), basic: 0).contrastHundredths(with: .white)
            #expect(abs(contrast - expected) <= 1)
        }
    }

    @Test(arguments: CellRole.allCases) func `without colours nothing has one`(_ role: CellRole) {
        let style = Theme.monochrome[role]
        #expect(style.foreground == nil && style.background == nil)
    }
}
