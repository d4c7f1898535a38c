import TargetCore

/// The codes of a hub's registry. Sources: IoT Hub REST API 2021-04-12; Microsoft's SDKs.
package enum HubCodes {
    package static let all = requests + access + records + load

    private static let requests = [
        AzureCode(
            400_001, "InvalidProtocolVersion", "azure_hub_api_version", .never,
            what: "The hub does not know the version of its interface that was named; nothing was changed",
            nextStep: "Set the target's hub version to 2021-04-12."),
        AzureCode(
            400_003, "InvalidOperation", "azure_hub_operation_refused", .never,
            what: "The hub refused the operation; nothing was changed",
            nextStep: "Check the hub's tier and the device's kind against what was asked."),
        AzureCode(
            400_004, "ArgumentInvalid", "azure_hub_argument_refused", .never,
            what: "The hub refused a value; nothing was changed",
            nextStep: "Read what the hub says of it, and correct the device or the target's settings."),
        AzureCode(
            400_011, "DeviceDefinedMultipleTimes", "azure_hub_bulk_repeats", .never,
            what: "None of the devices was entered: one device id stood twice in the call",
            nextStep: "Find the two devices of one name and give one of them another."),
        AzureCode(
            400_013, "BulkRegistryOperationFailure", "azure_hub_bulk_failed", .never,
            what: "Some devices of the call were not entered; those that no error names were",
            nextStep: "Read the errors of the single devices."),
    ]

    private static let access = [
        AzureCode(
            401_002, "IotHubUnauthorizedAccess", "azure_hub_access_refused", .afterMending,
            what: "The hub did not take the registrar's key or token; nothing was changed",
            nextStep: "Check policy, key and hub against each other, the policy's rights, and the clock."),
        AzureCode(
            401_003, "IotHubUnauthorized", "azure_hub_unauthorized", .afterMending,
            what: "The hub did not let the registrar in; nothing was changed",
            nextStep: "Give the policy RegistryReadWrite and ServiceConnect."),
        AzureCode(
            403_001, "IotHubSuspended", "azure_hub_suspended", .afterMending,
            what: "The hub is suspended; nothing was changed",
            nextStep: "See to the Azure subscription; the work goes on when the hub is back."),
        AzureCode(
            403_002, "IotHubQuotaExceeded", "azure_hub_quota", .afterMending,
            what: "The hub has used up its quota of the day, or holds all the devices it may",
            nextStep: "Add a unit to the hub, or wait until midnight UTC for messages."),
    ]

    private static let records = [
        AzureCode(
            404_001, "DeviceNotFound", "azure_hub_device_not_found", .rereading,
            what: "The hub does not know the device", nextStep: "Provision the device; it is not known there."
        ),
        AzureCode(
            404_103, "DeviceNotOnline", "azure_hub_device_offline", .later,
            what: "The device is not connected to its hub",
            nextStep: "See to the device's power and network; it is asked again."),
        AzureCode(
            409_001, "DeviceAlreadyExists", "azure_hub_device_exists", .rereading,
            what: "The hub knows the device already, entered meanwhile",
            nextStep: "Nothing; it is read and compared."),
        AzureCode(
            409_301, "ModuleAlreadyExistsOnDevice", "azure_hub_module_exists", .rereading,
            what: "The device has that module already", nextStep: "Nothing; it is read and compared."),
        AzureCode(
            412_001, "PreconditionFailed", "azure_hub_device_changed", .rereading,
            what: "Somebody changed the device at the hub meanwhile; it was not written",
            nextStep: "Nothing; it is read anew first."),
        AzureCode(
            413_001, "MessageTooLarge", "azure_hub_message_too_large", .never,
            what: "The call was larger than the hub takes; nothing was changed",
            nextStep: "Shorten the tags and desired properties of the target's settings."),
        AzureCode(
            413_002, "TooManyDevices", "azure_hub_full", .afterMending,
            what: "The hub holds as many devices as it may, or the call named too many",
            nextStep: "Use another hub, remove devices, or send at most 100 in one call."),
    ]

    private static let load = [
        AzureCode(
            429_001, "ThrottlingException", "azure_hub_throttled", .later,
            what: "The hub takes no more calls for the moment",
            nextStep: "Nothing; the work goes on by itself, slower."),
        AzureCode(
            429_002, "ThrottleBacklogLimitExceeded", "azure_hub_throttled_backlog", .later,
            what: "More calls are waiting at the hub than it keeps",
            nextStep: "Nothing; the work goes on by itself, slower."),
        AzureCode(
            429_003, "ThrottlingBacklogTimeout", "azure_hub_throttled_timeout", .later,
            what: "The call waited at the hub for longer than it may",
            nextStep: "Nothing; it is tried again. More units make the hub faster."),
        AzureCode(
            429_004, "ThrottlingMaxActiveJobCountExceeded", "azure_hub_throttled_jobs", .later,
            what: "Another job is running at the hub, and it takes one at a time",
            nextStep: "Nothing; it is tried again when that one has ended."),
        AzureCode(
            429_005, "DeviceThrottlingLimitExceeded", "azure_hub_throttled_device", .later,
            what: "The hub takes no more calls for that one device at the moment",
            nextStep: "Nothing; it is tried again."),
        AzureCode(
            500_000, "ServerError", "azure_hub_failed", .later,
            what: "The hub failed on its side; what was asked may or may not have been done",
            nextStep: "Nothing; it is looked at again. Azure's status page says when it lasts."),
    ]
}
