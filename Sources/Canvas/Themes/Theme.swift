/// How roles look. `nil` colours are the terminal's own.
package struct Theme: Equatable, Sendable {
    package struct Style: Equatable, Sendable {
        package var foreground: Color?
        package var background: Color?
        package var isBold = false
        package var isUnderlined = false
        package var isReversed = false
        package var isDim = false
    }

    package enum Name: String, Codable, CaseIterable, Sendable {
        /// Black on white with strong colours, for daylight.
        case sun
        /// Light on black, for basements and nights.
        case dark
        /// No colour at all: bold, underline and reverse.
        case monochrome
    }

    package let name: Name
    private let styles: [CellRole: Style]

    package subscript(role: CellRole) -> Style { styles[role] ?? Style() }

    package static func named(_ name: Name) -> Theme {
        switch name {
        case .sun: sun
        case .dark: dark
        case .monochrome: monochrome
        }
    }

    /// Colours of one role in terms of a light and a dark theme.
    private static func colors(_ foreground: Color, on background: Color, bold: Bool = false) -> Style {
        Style(foreground: foreground, background: background, isBold: bold)
    }

    private static let navy = Color(17, basic: 4)
    private static let green = Color(22, basic: 2)
    private static let brown = Color(52, basic: 1)
    private static let maroon = Color(88, basic: 1)
    private static let paper = Color(231, basic: 7)
    private static let grey = Color(238, basic: 0)

    package static let sun = Theme(
        name: .sun,
        styles: [
            .normal: colors(.black, on: paper), .title: colors(.white, on: navy, bold: true),
            .status: colors(.white, on: .black), .heading: colors(navy, on: paper, bold: true),
            .hint: colors(grey, on: paper), .label: colors(grey, on: paper),
            .button: colors(.white, on: navy, bold: true), .buttonDisabled: colors(grey, on: paper),
            .selected: colors(.white, on: .black, bold: true),
            .field: Style(foreground: .black, background: paper, isBold: true, isUnderlined: true),
            .good: colors(green, on: paper, bold: true), .warning: colors(brown, on: paper, bold: true),
            .bad: colors(.white, on: maroon, bold: true), .flash: colors(.white, on: green, bold: true),
            .outline: colors(.white, on: maroon, bold: true), .matrix: colors(.black, on: .white),
        ])

    private static let night = Color(16, basic: 0)
    private static let sky = Color(153, basic: 6)
    private static let silver = Color(250, basic: 7)

    package static let dark = Theme(
        name: .dark,
        styles: [
            .normal: colors(Color(255, basic: 7), on: night), .title: colors(.white, on: navy, bold: true),
            .status: colors(.black, on: silver), .heading: colors(sky, on: night, bold: true),
            .hint: colors(silver, on: night), .label: colors(silver, on: night),
            .button: colors(.black, on: sky, bold: true),
            .buttonDisabled: colors(Color(248, basic: 7), on: night),
            .selected: colors(.black, on: .white, bold: true),
            .field: Style(
                foreground: .white, background: Color(236, basic: 0), isBold: true, isUnderlined: true),
            .good: colors(Color(120, basic: 2), on: night, bold: true),
            .warning: colors(Color(222, basic: 3), on: night, bold: true),
            .bad: colors(.white, on: maroon, bold: true),
            .flash: colors(.black, on: Color(120, basic: 2), bold: true),
            .outline: colors(.black, on: Color(222, basic: 3), bold: true),
            .matrix: colors(.black, on: .white),
        ])

    package static let monochrome = Theme(
        name: .monochrome,
        styles: [
            .title: Style(isBold: true, isReversed: true), .status: Style(isReversed: true),
            .heading: Style(isBold: true), .hint: Style(), .label: Style(),
            .button: Style(isBold: true, isReversed: true), .buttonDisabled: Style(isDim: true),
            .selected: Style(isBold: true, isReversed: true), .field: Style(isUnderlined: true),
            .good: Style(isBold: true), .warning: Style(isBold: true, isUnderlined: true),
            .bad: Style(isBold: true, isReversed: true), .flash: Style(isBold: true, isReversed: true),
            .outline: Style(isBold: true, isReversed: true), .matrix: Style(isReversed: true),
        ])
}
