import TargetCore

/// The codes of the provisioning service. Sources: DPS REST API 2021-10-01; Microsoft's SDKs, where they
/// test for a code.
package enum DPSCodes {
    package static let all = requests + webhook + access + records + load

    private static let requests = [
        AzureCode(
            400_201, "InvalidEndorsementKey", "azure_endorsement_key_refused", .never,
            what: "The device was not enrolled: the service does not take its endorsement key",
            nextStep: "Read the key from the TPM anew; it must be the whole TPM2B_PUBLIC in base64."),
        AzureCode(
            400_202, "InvalidRegistrationId", "azure_registration_id_refused", .never,
            what: "The device was not enrolled: the service does not take its registration id",
            nextStep: "Use a-z, 0-9 and dashes, at most 64 with a certificate, 128 without."),
        AzureCode(
            400_203, "InvalidStorageRootKey", "azure_storage_root_key_refused", .never,
            what: "The device was not enrolled: the service does not take its storage root key",
            nextStep: "Read the key from the TPM anew, or leave it out; the endorsement key is enough."),
        AzureCode(
            400_204, "InvalidEnrollmentGroupId", "azure_group_id_refused", .never,
            what: "The group was not made: the service does not take its name",
            nextStep: "Use a-z, 0-9 and dashes in the target's settings."),
        AzureCode(
            400_205, "TooManyEnrollments", "azure_bulk_too_large", .never,
            what: "None of the entries was made: there were more in one call than the service takes",
            nextStep: "Send at most 10 entries in one call."),
        AzureCode(
            400_206, "RegistrationIdDefinedMultipleTimes", "azure_bulk_repeats", .never,
            what: "None of the entries was made: one registration id stood twice in the call",
            nextStep: "Find the two devices of one name and give one of them another."),
    ]

    private static let webhook = [
        AzureCode(
            400_207, "CustomAllocationFailed", "azure_allocation_failed", .afterMending,
            what: "No hub was chosen: the function that chooses it failed",
            nextStep: "Look into the function's log, mend it, and have the device register again."),
        AzureCode(
            400_208, "CustomAllocationIotHubNotSpecified", "azure_allocation_named_no_hub", .afterMending,
            what: "No hub was chosen: the answer of the function that chooses names none",
            nextStep: "Have the function answer with iotHubHostName for each device that it is asked about."),
        AzureCode(
            400_209, "CustomAllocationUnauthorizedAccess", "azure_allocation_unauthorized", .afterMending,
            what: "No hub was chosen: the function that chooses did not let the service in",
            nextStep: "Put the function's key into the webhook's address, or open it to the service."),
    ]

    private static let access = [
        AzureCode(
            401_000, "GenericUnauthorized", "azure_access_refused", .afterMending,
            what: "The service did not let the registrar in; nothing was changed",
            nextStep: "Check the shared access policy's key, its rights, and the registrar's clock."),
        AzureCode(
            401_001, nil, "azure_access_missing", .afterMending,
            what: "The service saw no credentials of the registrar's; nothing was changed",
            nextStep: "Check that nothing between registrar and service takes the Authorization "
                + "header away."),
        AzureCode(
            401_002, nil, "azure_access_key_refused", .afterMending,
            what: "The service did not take the registrar's key or token; nothing was changed",
            nextStep:
                "Check that policy and key belong together and to this service, and that the "
                + "clock is right."),
        AzureCode(
            403_101, "IotDpsSuspended", "azure_service_suspended", .afterMending,
            what: "The provisioning service is suspended; nothing was changed",
            nextStep: "See to the Azure subscription; the work goes on when the service is back."),
    ]

    private static let records = [
        AzureCode(
            404_201, "EnrollmentNotFound", "azure_enrollment_not_found", .rereading,
            what: "The device has no enrollment at the service",
            nextStep: "Provision the device; it is not known there."),
        AzureCode(
            404_202, "DeviceRegistrationNotFound", "azure_registration_not_found", .rereading,
            what: "The device has not registered with the service",
            nextStep: "Connect the device; the record is made when it first registers."),
        AzureCode(
            404_203, "AsyncOperationNotFound", "azure_registration_forgotten", .rereading,
            what: "The service no longer knows the registration that was asked about",
            nextStep: "Have the device register again."),
        AzureCode(
            404_204, "EnrollmentGroupNotFound", "azure_group_not_found", .afterMending,
            what: "The enrollment group of the target is not there",
            nextStep: "Make the group at the service, or let the target make it with makesGroup."),
        AzureCode(
            409_201, "EnrollmentConflict", "azure_enrollment_exists", .rereading,
            what: "The device has an enrollment already, made meanwhile",
            nextStep: "Nothing; it is read and compared."),
        AzureCode(
            409_202, "EnrollmentGroupConflict", "azure_group_exists", .rereading,
            what: "The group is there already, made meanwhile", nextStep: "Nothing; it is read and compared."),
        AzureCode(
            409_203, "RegistrationStatusConflict", "azure_registration_conflict", .later,
            what: "Two registrations of one device met; neither counts yet",
            nextStep: "Nothing; it is tried again. When it stays, look for two devices of one name."),
        AzureCode(
            412_000, "GenericPreconditionFailed", "azure_enrollment_changed", .rereading,
            what: "Somebody changed the entry meanwhile; it was not written",
            nextStep: "Nothing; it is read anew first."),
        AzureCode(
            415_000, "GenericUnsupportedMediaType", "azure_content_type_refused", .never,
            what: "The service did not take the form of the call; nothing was changed",
            nextStep: "Check what stands between registrar and service and rewrites calls."),
    ]

    private static let load = [
        AzureCode(
            429_001, "ThrottlingException", "azure_throttled", .later,
            what: "The service takes no more calls for the moment",
            nextStep: "Nothing; the work goes on by itself, slower."),
        AzureCode(
            429_101, nil, "azure_throttled_registrations", .later,
            what: "The service takes no more registrations for the moment",
            nextStep: "Nothing; the work goes on by itself, slower."),
        AzureCode(
            500_000, "GenericServerError", "azure_service_failed", .later,
            what: "The service failed on its side; what was asked may or may not have been done",
            nextStep: "Nothing; it is looked at again. Azure's status page says when it lasts."),
    ]
}
