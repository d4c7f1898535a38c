import HandOver
import Model
import Testing

/// Every pair of state and event; `"-"` stays, `"x"` cannot happen.
private let table: [HandOverState: [HandOverEvent: String]] = [
    .identify: [
        .deviceMatched: "request", .deviceDiffers: "refused", .deviceAway: "-", .linkLost: "-",
    ],
    .request: [
        .requestProven: "issue", .requestUnproven: "issue", .keyMade: "issue", .requestFalse: "refused",
        .deviceAway: "-",
        .linkLost: "identify",
    ],
    .issue: [
        .certificateThere: "install", .certificateOutstanding: "-", .deviceAway: "-", .linkLost: "identify",
    ],
    .install: [
        .bundleWhole: "activate", .bundleDamaged: "refused", .deviceAway: "-", .linkLost: "identify",
    ],
    .activate: [.switched: "confirm", .deviceAway: "-", .linkLost: "identify"],
    .confirm: [
        .confirmed: "done", .confirmationFalse: "refused", .deviceAway: "-", .linkLost: "identify",
    ],
    .done: [.deviceAway: "-", .linkLost: "-"],
    .refused: [.deviceAway: "-", .linkLost: "-"],
]

@Suite struct HandOverStateTests {
    @Test(arguments: HandOverState.allCases, HandOverEvent.allCases)
    func `each state answers each event as the table says`(_ state: HandOverState, _ event: HandOverEvent) {
        let expected = table[state]?[event] ?? "x"
        let found =
            switch state.transition(event) {
            case .go(let next): next.rawValue
            case .stay: "-"
            case .impossible: "x"
            }
        #expect(found == expected, "\(state) \(event)")
    }

    @Test func `nothing but a shown bundle leads to the switch, and nothing but the switch to done`() {
        for state in HandOverState.allCases {
            for event in HandOverEvent.allCases {
                switch state.transition(event) {
                case .go(.activate): #expect(state == .install && event == .bundleWhole)
                case .go(.confirm): #expect(state == .activate && event == .switched)
                case .go(.done): #expect(state == .confirm && event == .confirmed)
                case .go, .stay, .impossible: break
                }
            }
        }
    }

    @Test func `a lost link leads back to the question who is there, wherever it is lost`() {
        for state in HandOverState.allCases where state != .done && state != .refused {
            let next = state.transition(.linkLost)
            #expect(next == .go(.identify) || (state == .identify && next == .stay))
        }
    }

    @Test func `a record takes events in their order and refuses others`() throws {
        var record = HandOverRecord(
            device: DeviceIdentifier(kind: .serial, value: "-/SN-1"), deviceName: "SN-1", link: "dir:/s",
            operatorID: OperatorID(trusted: "jk"), startedAt: Timestamp(milliseconds: 1),
            nonce: [UInt8](repeating: 7, count: 32))
        let later = Timestamp(milliseconds: 2)
        let order: [HandOverEvent] = [
            .deviceMatched, .requestProven, .certificateThere, .bundleWhole, .switched, .confirmed,
        ]
        for event in order { try record.take(event, at: later) }
        #expect(record.state == .done && record.updatedAt == later)
        #expect(throws: HandOverError.outOfOrder(state: .done, event: "switched")) {
            try record.take(.switched, at: later)
        }
        let bytes = try CanonicalJSON.encode(record)
        #expect(try CanonicalJSON.decode(HandOverRecord.self, from: bytes) == record)
        #expect(record.evidence.contains("not checked when it was taken"))
    }
}
