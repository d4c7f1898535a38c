import Model
import TargetCore

/// Refusals that Muster finds itself, before or between Azure's.
extension TargetFault {
    private static func own(
        _ code: String, _ what: String, _ nextStep: String, retry: Retry = .never
    ) -> TargetFault {
        TargetFault(code: code, theirs: "", what: what, nextStep: nextStep, retry: retry)
    }

    static func registrationIDCharacters(_ name: String) -> TargetFault {
        own(
            "azure_registration_id_characters",
            "“\(VisibleText.of(String(name.prefix(140))))” can be no registration id: it must be "
                + "\(RegistrationID.rule)",
            "Give the device another name at this target.")
    }

    static func hubDeviceIDCharacters(_ name: String) -> TargetFault {
        own(
            "azure_hub_device_id_characters",
            "“\(VisibleText.of(String(name.prefix(140))))” can be no device id: it must be "
                + "\(HubDeviceID.rule)",
            "Give the device another name at this target.")
    }

    static func proofMissing(_ what: String) -> TargetFault {
        own(
            "azure_proof_missing", "The target lets devices in by \(what), and the device brought none",
            "Bring it with the operation, or choose a target for the proof that the device has.")
    }

    static func enrollmentOfAnother(_ name: String) -> TargetFault {
        own(
            "azure_enrollment_of_another",
            "“\(VisibleText.of(String(name.prefix(140))))” is enrolled already, and not by Muster "
                + "for this device; "
                + "it was left as it is",
            "Find out whose the enrollment is. Remove it at the service if nobody's, or give the "
                + "device another name."
        )
    }

    static func hubDeviceOfAnother(_ name: String) -> TargetFault {
        own(
            "azure_hub_device_of_another",
            "“\(VisibleText.of(String(name.prefix(140))))” is known to the hub already, and not "
                + "by Muster for this "
                + "device; it was left as it is",
            "Find out whose the device is. Remove it at the hub if nobody's, or give the device another name."
        )
    }

    static func enrollmentMissing(_ id: RegistrationID) -> TargetFault {
        own(
            "azure_enrollment_missing", "\(id) is not enrolled, so there is nothing to rotate",
            "Provision the device.")
    }

    static let hubDeviceMissing = own(
        "azure_hub_device_missing", "The hub does not know the device, so there is nothing to rotate",
        "Provision the device.")

    static func groupMissing(_ name: String) -> TargetFault {
        own(
            "azure_group_missing", "The enrollment group \(name) is not there; the device was not let in",
            "Make the group at the service, or set makesGroup in the target's settings.")
    }

    static func groupDisabled(_ name: String) -> TargetFault {
        own(
            "azure_group_disabled", "The enrollment group \(name) is disabled; none of its devices is let in",
            "Enable the group at the service, then try again.")
    }

    static func groupDiffers(_ name: String) -> TargetFault {
        own(
            "azure_group_differs",
            "The enrollment group \(name) lets devices in by another proof than the target's settings say",
            "Correct proof and authority in the target's settings, or name another group.")
    }

    static func groupKeyForm(_ name: String) -> TargetFault {
        own(
            "azure_group_key_form",
            "The key of the group \(name) is not base64; no key of a device follows from it",
            "Give the group new keys at the service.")
    }

    static func groupKeyRotates(_ name: String) -> TargetFault {
        own(
            "azure_group_key_rotates_with_group",
            "The device's key follows from the one of its group \(name): it changes for all "
                + "devices or for none",
            "Renew the group's key and provision its devices anew, or enrol this device by itself.")
    }

    static let tpmRotates = own(
        "azure_tpm_rotates_by_registration",
        "A TPM's endorsement key is for life; what the device signs with is renewed by the service",
        "Have the device register again: it gets a new key then.")

    static let rotationNotBegun = own(
        "azure_rotation_not_begun",
        "Neither slot holds the certificate or key that the device has proven; nothing changed",
        "Rotate first, let the device prove the new one, then finish.")

    static let oldCertificateLacking = own(
        "azure_certificate_lacking",
        "Azure does not give the enrolled certificate back, and it is not on record here; nothing "
            + "was changed",
        "Provision the device with the certificate that it has now, then try again.")

    static let keysWithheld = own(
        "azure_keys_withheld", "The service did not show the keys; the device has none yet",
        "Give the policy the right EnrollmentWrite, which includes reading keys.", retry: .afterMending)
}
