package import Model

/// Why a call to Azure could not be signed.
package enum AzureSigningFault: Equatable, Explained {
    /// The text is not base64, so that it can be no key of a policy or a device.
    case keyNotBase64
    case keyEmpty
    /// A bearer token with blanks or line breaks in it, or none.
    case tokenForm
    /// The call goes to a plane that is not signed with an access of the registrar.
    case plane(String)

    package var explanation: Explanation {
        switch self {
        case .keyNotBase64:
            Explanation(
                id: "azure_key_not_base64",
                what: "The call was not signed: the key of the shared access policy is not base64",
                nextStep: "Copy the policy's primary key as the portal shows it, up to its last `=`.")
        case .keyEmpty:
            Explanation(
                id: "azure_key_empty", what: "The call was not signed: the key is empty",
                nextStep: "Copy the policy's primary key as the portal shows it.")
        case .tokenForm:
            Explanation(
                id: "azure_token_form",
                what: "The call was not signed: the Entra ID token is empty or has blanks in it",
                nextStep: "See that the file or program gives the access token alone, on one line.")
        case .plane(let plane):
            Explanation(
                id: "azure_plane_unsigned",
                what: "The call was not signed: nothing says how to sign for the plane \(plane)",
                nextStep: "Add the hub to the target's list of hubs, with its way of access.")
        }
    }
}
