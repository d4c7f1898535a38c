package import TargetCore

/// What is known of one of Azure's codes.
package struct AzureCode: Equatable, Sendable {
    /// Status times 1000, plus a detail.
    package var number: Int
    /// A hub's name of it.
    package var name: String?
    /// Muster's.
    package var code: String
    package var what: String
    package var nextStep: String
    package var retry: TargetFault.Retry

    init(
        _ number: Int, _ name: String? = nil, _ code: String, _ retry: TargetFault.Retry, what: String,
        nextStep: String
    ) {
        self.number = number
        self.name = name
        self.code = code
        self.retry = retry
        self.what = what
        self.nextStep = nextStep
    }
}
