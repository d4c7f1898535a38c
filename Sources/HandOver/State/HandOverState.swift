/// Where the hand-over of principals to one device stands.
///
/// A device keeps its old principals until `activate` has taken effect on the device itself, and that happens
/// only to a bundle which the device has shown to hold whole.
package enum HandOverState: String, Codable, CaseIterable, Sendable {
    /// Ask who is on the link, and compare it with what was scanned.
    case identify
    /// Get the certificate request of the device's own key, signed over a fresh nonce where the link can ask.
    case request
    /// Wait for the registrar's certificate.
    case issue
    /// Bring the bundle over; the device shows that it holds it whole. What it worked with so far stays in
    /// use.
    case install
    /// Have the device switch to the bundle.
    case activate
    /// Have the device prove that it works with the bundle.
    case confirm
    case done
    /// Something did not hold; nothing more is done to this device before a person has looked.
    case refused
}

/// What can happen during a hand-over.
package enum HandOverEvent: String, CaseIterable, Sendable {
    case deviceMatched, deviceDiffers
    /// The request came with a signature over the nonce, by the key that it names.
    case requestProven
    /// The request came over a link that cannot ask.
    case requestUnproven
    /// The device takes its key with the bundle: there is one for it.
    case keyMade
    /// The device could not sign with the key of its request, or the key is not the one on record.
    case requestFalse
    case certificateThere, certificateOutstanding
    /// The device has shown every byte of the bundle.
    case bundleWhole
    case bundleDamaged
    case switched
    case confirmed, confirmationFalse
    /// Nobody answers at this moment, as with a stick that still has to be carried to the device.
    case deviceAway
    /// The link broke. Another device may be on it when it is back.
    case linkLost
}

/// What an event does to a hand-over.
package enum HandOverTransition: Equatable, Sendable {
    case go(HandOverState)
    case stay
    /// Does not happen in this state; whoever reports it has a fault.
    case impossible
}

extension HandOverState {
    /// Every pair of state and event. After a lost link it always begins with the question who is there: what
    /// was done already is found done, and is not done twice.
    package func transition(_ event: HandOverEvent) -> HandOverTransition {
        switch self {
        case .identify: identifying(event)
        case .request: requesting(event)
        case .issue: issuing(event)
        case .install: installing(event)
        case .activate: activating(event)
        case .confirm: confirming(event)
        case .done, .refused: ended(event)
        }
    }

    private func identifying(_ event: HandOverEvent) -> HandOverTransition {
        switch event {
        case .deviceMatched: .go(.request)
        case .deviceDiffers: .go(.refused)
        case .deviceAway, .linkLost: .stay
        case .requestProven, .requestUnproven, .keyMade, .requestFalse, .certificateThere,
            .certificateOutstanding, .bundleWhole, .bundleDamaged, .switched, .confirmed, .confirmationFalse:
            .impossible
        }
    }

    private func requesting(_ event: HandOverEvent) -> HandOverTransition {
        switch event {
        case .requestProven, .requestUnproven, .keyMade: .go(.issue)
        case .requestFalse: .go(.refused)
        case .linkLost: .go(.identify)
        case .deviceAway: .stay
        case .deviceMatched, .deviceDiffers, .certificateThere, .certificateOutstanding, .bundleWhole,
            .bundleDamaged, .switched, .confirmed, .confirmationFalse:
            .impossible
        }
    }

    private func issuing(_ event: HandOverEvent) -> HandOverTransition {
        switch event {
        case .certificateThere: .go(.install)
        case .certificateOutstanding, .deviceAway: .stay
        case .linkLost: .go(.identify)
        case .deviceMatched, .deviceDiffers, .requestProven, .requestUnproven, .keyMade, .requestFalse,
            .bundleWhole,
            .bundleDamaged, .switched, .confirmed, .confirmationFalse:
            .impossible
        }
    }

    private func installing(_ event: HandOverEvent) -> HandOverTransition {
        switch event {
        case .bundleWhole: .go(.activate)
        case .bundleDamaged: .go(.refused)
        case .linkLost: .go(.identify)
        case .deviceAway: .stay
        case .deviceMatched, .deviceDiffers, .requestProven, .requestUnproven, .keyMade, .requestFalse,
            .certificateThere, .certificateOutstanding, .switched, .confirmed, .confirmationFalse:
            .impossible
        }
    }

    private func activating(_ event: HandOverEvent) -> HandOverTransition {
        switch event {
        case .switched: .go(.confirm)
        case .linkLost: .go(.identify)
        case .deviceAway: .stay
        case .deviceMatched, .deviceDiffers, .requestProven, .requestUnproven, .keyMade, .requestFalse,
            .certificateThere, .certificateOutstanding, .bundleWhole, .bundleDamaged, .confirmed,
            .confirmationFalse:
            .impossible
        }
    }

    private func confirming(_ event: HandOverEvent) -> HandOverTransition {
        switch event {
        case .confirmed: .go(.done)
        case .confirmationFalse: .go(.refused)
        case .linkLost: .go(.identify)
        case .deviceAway: .stay
        case .deviceMatched, .deviceDiffers, .requestProven, .requestUnproven, .keyMade, .requestFalse,
            .certificateThere, .certificateOutstanding, .bundleWhole, .bundleDamaged, .switched:
            .impossible
        }
    }

    private func ended(_ event: HandOverEvent) -> HandOverTransition {
        switch event {
        case .deviceAway, .linkLost: .stay
        case .deviceMatched, .deviceDiffers, .requestProven, .requestUnproven, .keyMade, .requestFalse,
            .certificateThere, .certificateOutstanding, .bundleWhole, .bundleDamaged, .switched, .confirmed,
            .confirmationFalse:
            .impossible
        }
    }
}
