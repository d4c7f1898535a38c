package import Model

/// Why principals were not handed over. Never holds their content.
package enum HandOverError: Explained, Equatable, Sendable {
    /// The reason says what must hold.
    case manifestUnreadable(String)
    case partDamaged(String)
    /// A line of the protocol that is not as documented.
    case lineUnreadable(String)
    case profileUnusable(name: String, reason: String)
    /// The device on the link is not the one that was scanned.
    case otherDevice(expected: String, field: String, scanned: String, said: String)
    /// It says nothing that is on the label.
    case nothingToCompare(expected: String)
    /// The signature does not fit the key of the request, or the key is not the one on record.
    case clonedIdentity(device: String, reason: String)
    /// What the device shows as its maker's certificate does not hold.
    case identityRefused(device: String, reason: String)
    case requestUnreadable(String)
    /// The device takes its key with the bundle, and there is none for it; the holder is whose vault has one.
    case noKeyToGive(device: String, holder: OperatorID?)
    /// The device refused an ask; the code is one of the protocol.
    case refusedByDevice(code: String, what: String)
    /// The device says that it has installed what it cannot show.
    case notInstalled(device: String)
    case confirmationFalse(device: String)
    /// Nobody answered on the link within the time.
    case noAnswer(link: String)
    case linkLost(link: String)
    case linkUnusable(link: String, reason: String)
    /// No connection was made; nothing was said to anybody.
    case notReached(link: String, reason: String)
    /// Something answers that does not speak the protocol, such as the sign-in page of a network.
    case answeredByOther(link: String, what: String)
    /// The other side did not prove with its certificate or host key that it is the one that was meant.
    case peerNotTrusted(link: String, reason: String)
    /// What was to be sent must not go over a link on which others can listen.
    case notEncrypted(link: String, reason: String)
    /// A person stopped it, before the device was told to switch.
    case stopped(device: String)
    /// A state and an event that do not go together: a fault of the program.
    case outOfOrder(state: HandOverState, event: String)

    /// Whether the link failed, so that the same hand-over can go on over it later.
    package var isOfLink: Bool {
        switch self {
        case .noAnswer, .linkLost, .notReached: true
        case .manifestUnreadable, .partDamaged, .lineUnreadable, .profileUnusable, .otherDevice,
            .nothingToCompare, .clonedIdentity, .identityRefused, .requestUnreadable, .noKeyToGive,
            .refusedByDevice,
            .notInstalled, .confirmationFalse, .linkUnusable, .answeredByOther, .peerNotTrusted,
            .notEncrypted, .stopped, .outOfOrder:
            false
        }
    }
}

extension HandOverError {
    package var explanation: Explanation {
        switch self {
        case .manifestUnreadable(let rule):
            Explanation(
                id: "bundle_manifest", what: "The bundle was not taken: of its manifest, \(rule).",
                nextStep: "Hand over again; the device still has its old principals.")
        case .partDamaged(let name):
            Explanation(
                id: "bundle_damaged", what: "The bundle was not taken: \(name) is missing or changed.",
                nextStep: "Hand over again; the device still has its old principals.")
        case .lineUnreadable(let rule):
            Explanation(
                id: "hand_over_line", what: "A line of the device was not understood: \(rule).",
                nextStep: "Check that the device speaks the hand-over protocol, version 1.")
        case .profileUnusable(let name, let reason):
            Explanation(
                id: "console_profile", kind: .badInput,
                what: "The console profile \(name) was not used: \(reason).",
                nextStep: "Correct the profile and run the command again.")
        case .requestUnreadable(let reason):
            Explanation(
                id: "device_request", kind: .badInput,
                what: "Nothing was saved: the device's request was refused: \(reason).",
                nextStep: "Have the device make its request anew, then hand over again.")
        case .otherDevice(let expected, let field, let scanned, let said):
            Explanation(
                id: "other_device", kind: .badInput,
                what: "Nothing was handed over: this is not \(expected). Its \(field) is \(said); "
                    + "\(scanned) was scanned.",
                nextStep: "Connect the device that was scanned, or scan the label of this one.")
        case .nothingToCompare(let expected):
            Explanation(
                id: "device_unnamed", kind: .badInput,
                what: "Nothing was done: the device says nothing that is on the label of \(expected).",
                nextStep: "Scan a label with the serial or an address that the device knows of itself.")
        case .clonedIdentity(let device, let reason):
            Explanation(
                id: "cloned_identity", kind: .badInput,
                what: "Nothing was handed over to \(device): \(reason).",
                nextStep: "Set the device aside and tell whoever runs the registrar.")
        case .identityRefused(let device, let reason):
            Explanation(
                id: "idevid_refused", kind: .badInput,
                what: "Nothing was handed over to \(device): of its IDevID, \(reason).",
                nextStep:
                    "Set the device aside and ask its maker, or check the root given with --idevid-root.")
        case .noKeyToGive(let device, nil):
            Explanation(
                id: "key_not_made",
                what: "Nothing was handed over: \(device) cannot make a key, and none lies in a vault here.",
                nextStep: "Hand over with --make-key, which makes one and asks for its certificate.")
        case .noKeyToGive(let device, let holder?):
            Explanation(
                id: "key_of_another",
                what: "Nothing was handed over: the key of \(device) lies in the vault of \(holder).",
                nextStep: "Have \(holder) hand over, or make another key with --make-key.")
        case .refusedByDevice(let code, let what):
            Explanation(
                id: "device_refused", kind: .needsPerson,
                what: "The device refused (\(code)): \(what). It keeps the principals that it had.",
                nextStep: "Do what the reason asks, then hand over again.")
        case .notInstalled(let device):
            Explanation(
                id: "not_installed", kind: .needsPerson,
                what: "\(device) says that it holds the new principals, but cannot show all of them.",
                nextStep: "Set the device aside: it was not told to switch.")
        case .confirmationFalse(let device):
            Explanation(
                id: "confirmation_false", kind: .needsPerson,
                what: "The hand-over to \(device) is not confirmed: its proof does not hold.",
                nextStep: "Set the device aside and hand over again; then compare its key.")
        case .noAnswer(let link):
            Explanation(
                id: "device_silent", kind: .unavailable,
                what: "Nothing more was handed over: no device answers on \(link).",
                nextStep: "Check cable, power and speed, then run the command again; it goes on there.")
        case .linkLost(let link):
            Explanation(
                id: "link_lost", kind: .unavailable, what: "The hand-over stopped: \(link) is gone.",
                nextStep: "Connect the device again and run the command again; it goes on there.")
        case .linkUnusable(let link, let reason):
            Explanation(
                id: "link_unusable", kind: .unavailable, what: "Nothing was handed over: \(link) \(reason).",
                nextStep: "Give another link with --to, or correct this one.")
        case .notReached(let link, let reason):
            Explanation(
                id: "device_not_reached", kind: .unavailable,
                what: "Nothing more was handed over: \(link) was not reached: \(reason).",
                nextStep: "Check address, power and network, then run the command again; it goes on there.")
        case .answeredByOther(let link, let what):
            Explanation(
                id: "not_a_device", kind: .unavailable,
                what: "Nothing was handed over: \(link) is answered by something else: \(what).",
                nextStep: "Check the address, and that no sign-in page of this network stands in between.")
        case .peerNotTrusted(let link, let reason):
            Explanation(
                id: "device_not_trusted", kind: .badInput,
                what: "Nothing was handed over: \(link) did not prove that it is the device: \(reason).",
                nextStep:
                    "Compare its fingerprint with the one on the device; do not go on if they differ."
            )
        case .notEncrypted(let link, let reason):
            Explanation(
                id: "link_not_encrypted", kind: .usage,
                what: "Nothing was handed over over \(link): \(reason).",
                nextStep: "Use https:// with --device-pin or --device-root, or ssh://.")
        case .stopped(let device):
            Explanation(
                id: "hand_over_stopped",
                what: "The hand-over to \(device) was stopped. The device keeps the principals that it had.",
                nextStep: "Hand over again; it goes on there.")
        case .outOfOrder(let state, let event):
            Explanation(
                id: "internal", what: "The hand-over stopped: \(event) cannot happen in \(state.rawValue).",
                nextStep: "Report this to support with what you did.")
        }
    }
}
