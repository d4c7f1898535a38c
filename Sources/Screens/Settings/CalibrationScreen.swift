import Canvas
import Wedge

/// Learns from three printed codes how this scanner sends separators and ends.
package struct CalibrationScreen: Screen {
    package init() {}

    package func offers(_ context: Context) -> [Offer] { [Offer(.resetScanner), Offer(.back)] }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .act(.back): [.back(nil)]
        case .appeared, .entered, .act, .move, .touched, .scanned, .chose, .answered, .storeChanged: []
        }
    }

    package func view(_ context: Context) -> View {
        View(title: context.say(.actionCalibrate), blocks: [.text(context.say(.calibrationPrompt), .normal)])
    }
}
