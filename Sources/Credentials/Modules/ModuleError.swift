package import Model

/// Why a key in a PKCS #11 token could not be used. Never holds a PIN.
package enum ModuleError: Explained, Equatable, Sendable {
    /// What an address must be.
    case badURI(rule: String)
    /// The shared library cannot be loaded; `reason` is the loader's.
    case noModule(path: String, reason: String)
    case noToken
    case severalTokens
    /// The token has counted it.
    case wrongPIN
    case lockedOut
    /// The file that was named for the PIN cannot be read.
    case noPIN(path: String)
    case noKey
    case severalKeys
    /// What signs there is not the key that is known here, or of neither of the curves P-256 and P-384.
    case otherKey
    /// The key of that name is of this kind, and another was asked for.
    case otherKind(KeyKind)
    /// With the module's own code.
    case refused(code: UInt)

    package var explanation: Explanation {
        switch self {
        case .badURI(let rule):
            Explanation(
                id: "module_uri", what: "The key in a token was not used: of its address, \(rule).",
                nextStep: "Write it like pkcs11:token=NAME;object=NAME?pin-source=/path/of/a/file.")
        case .noModule(let path, let reason):
            Explanation(
                id: "module_missing",
                what: "The key in a token was not used: \(path) does not load (\(reason)).",
                nextStep: "Install the maker's PKCS #11 module, and name it with module-path in the address.")
        case .noToken, .severalTokens, .noKey, .severalKeys, .otherKey, .otherKind: findingExplanation
        case .wrongPIN, .lockedOut, .noPIN: pinExplanation
        case .refused(let code):
            Explanation(
                id: "module_refused", what: "The token refused, with code 0x\(String(code, radix: 16)).",
                nextStep: "Look the code up in the PKCS #11 standard and ask the token's maker.")
        }
    }

    private var findingExplanation: Explanation {
        switch self {
        case .noToken:
            Explanation(
                id: "module_no_token", what: "The key in a token was not used: the token is not there.",
                nextStep: "Connect it, or check its name with `pkcs11-tool --list-slots`.")
        case .severalTokens:
            Explanation(
                id: "module_two_tokens",
                what: "The key in a token was not used: several tokens have that name.",
                nextStep: "Add serial=… to the address.")
        case .noKey:
            Explanation(
                id: "module_no_key", what: "The key in a token was not used: the token has no such key.",
                nextStep: "Check that it is the right token, and that it was not set up anew.")
        case .severalKeys:
            Explanation(
                id: "module_two_keys", what: "The key in a token was not used: several keys have that name.",
                nextStep: "Add id=… to the address.")
        case .otherKind(let kind):
            Explanation(
                id: "module_other_kind",
                what:
                    "The key in a token was not used: the one of that name is \(kind), and another was asked for.",
                nextStep: "Ask for that kind, or give the new key another name in the address.")
        default:
            Explanation(
                id: "module_other_key",
                what:
                    "The key in a token was not used: it is another than the one that is known, or neither EC P-256 nor P-384.",
                nextStep: "Use the token that the registrar was made with.")
        }
    }

    private var pinExplanation: Explanation {
        switch self {
        case .noPIN(let path):
            Explanation(
                id: "module_no_pin",
                what: "The key in a token was not used: its PIN could not be read from \(path).",
                nextStep: "Put the PIN into that file, with mode 0600.")
        case .lockedOut:
            Explanation(
                id: "module_locked", what: "The PIN was not tried: the token is locked.",
                nextStep: "Have its security officer unlock it.")
        default:
            Explanation(
                id: "module_wrong_pin", what: "The PIN of the token was wrong, and the token has counted it.",
                nextStep: "Correct the file that pin-source names before it is tried again.")
        }
    }
}
