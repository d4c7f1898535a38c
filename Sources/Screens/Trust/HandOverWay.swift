package import HandOver
package import Model

/// The way to a device as a person chose it: the link, and by what the device on it is known. It holds no secret.
package struct HandOverWay: Codable, Equatable, Sendable {
    /// As it is written after `--to`.
    package var link: String
    /// What a device on the network is known by: for https a pin `sha256:…` or a file with its root, for ssh a file with its
    /// host key; `nil` for the usual.
    package var knownBy: String?
    /// A profile of its console (a file that ends in `.json`), or for ssh the command that speaks the protocol.
    package var console: String?
    /// Where the device finds its service; `nil` gives it what the registrar gives out.
    package var service: String?

    package init(
        _ link: String, knownBy: String? = nil, console: String? = nil, service: String? = nil
    ) {
        self.link = link
        self.knownBy = knownBy
        self.console = console
        self.service = service
    }

    /// `nil` for a link that is none.
    package var address: HandOverAddress? { HandOverAddress(link) }

    /// Whether the console is described by a file.
    package var consoleIsProfile: Bool { console?.hasSuffix(".json") ?? false }

    /// Whether somebody answers a question this way: a directory is read later, and a console knows prompts alone.
    package var mayAnswer: Bool {
        switch address {
        case .directory: false
        case .shell(let address): address.directory == nil && !consoleIsProfile
        case .serial: !consoleIsProfile
        case .web, nil: true
        }
    }

    /// What has to be said before a device is asked anything this way.
    package var missingToAsk: Phrase? { missing ?? (mayAnswer ? nil : .reasonNobodyAnswers) }

    /// What has to be said before anything is handed over this way.
    package var missing: Phrase? {
        switch address {
        case nil: .reasonNoLink
        case .web(let address) where address.isEncrypted && knownBy == nil: .reasonNotKnownBy
        case .shell(let address) where address.directory == nil && console == nil: .reasonNoDeviceCommand
        case .directory, .serial, .web, .shell: nil
        }
    }
}

/// A hand-over as it is asked for.
package struct HandOverWish: Equatable, Sendable {
    package var lane: DeviceIdentifier
    package var way: HandOverWay
    /// A key other than that of the certificate on record is taken.
    package var acceptsNewKey: Bool
    /// A key is made for a device that cannot make one.
    package var makesKey: Bool

    package init(
        lane: DeviceIdentifier, way: HandOverWay, acceptsNewKey: Bool = false, makesKey: Bool = false
    ) {
        self.lane = lane
        self.way = way
        self.acceptsNewKey = acceptsNewKey
        self.makesKey = makesKey
    }
}

/// How a hand-over ended for now.
package enum HandOverEnd: Equatable, Sendable {
    /// The device has confirmed, and that is in its history.
    case done
    /// It goes on later, where it stopped; the last step says what it waits for.
    case paused
    case failed(Explanation)
}

/// The last way to each product's devices.
package struct KnownWays: Codable, Equatable, Sendable {
    private var ways: [String: HandOverWay] = [:]

    package init() {}

    /// Devices without a product share one.
    package subscript(product: ProductID?) -> HandOverWay? {
        get { ways[product?.rawValue ?? ""] }
        set { ways[product?.rawValue ?? ""] = newValue }
    }
}
