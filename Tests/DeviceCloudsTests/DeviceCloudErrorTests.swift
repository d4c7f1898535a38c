import AzureIoT
import DeviceClouds
import Model
import TargetCore
import Testing

@Suite struct DeviceCloudErrorTests {
    @Test func `each error says what happened and what to do`() {
        let fault = TargetFault(
            code: "azure_device_disabled", theirs: "disabled", what: "It was not let in",
            nextStep: "Enable it.",
            retry: .afterMending)
        let errors: [(DeviceCloudError, String)] = [
            (.refused(fault), "azure_device_disabled"), (.unfinished, "azure_registration_unfinished"),
            (.keyInTPM, "device_key_in_tpm"), (.keyUnusable, "device_key_unusable"),
            (.hubKeyMissing, "azure_hub_key_missing"),
        ]
        for (error, id) in errors {
            #expect(error.explanation.id == id)
            #expect(error.explanation.nextStep.hasSuffix("."))
        }
        for refusal in HubMQTT.Refusal.allCases {
            let explanation = DeviceCloudError.hubRefused(refusal).explanation
            #expect(explanation.id == "azure_hub_refused")
            #expect(explanation.what.hasPrefix("The hub ") && explanation.what.hasSuffix("."))
        }
    }
}
