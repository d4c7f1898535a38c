"""The vendors' own clients, to look at a peer with other eyes than the product's. JSON on standard output.

Keys come in the environment, never as arguments: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN
for AWS, AZURE_KEY (base64) for Azure.
"""

import argparse
import json
import os
import queue
import sys


def boto3_thing(given):
    """A thing, its principals, and the policies of each: AWS's boto3."""
    import boto3

    iot = boto3.client("iot", endpoint_url=given.url, region_name=given.region)
    answer = iot.describe_thing(thingName=given.thing)
    principals = iot.list_thing_principals_v2(thingName=given.thing)["thingPrincipalObjects"]
    for each in principals:
        arn = each["principal"]
        policies = iot.list_attached_policies(target=arn)["policies"]
        each["policies"] = [policy["policyName"] for policy in policies]
        if ":cert/" in arn:
            described = iot.describe_certificate(certificateId=arn.rsplit("/", 1)[1])[
                "certificateDescription"
            ]
            each["status"], each["certificatePem"] = described["status"], described["certificatePem"]
    groups = iot.list_thing_groups_for_thing(thingName=given.thing)["thingGroups"]
    return {
        "thingName": answer["thingName"],
        "thingTypeName": answer.get("thingTypeName"),
        "attributes": answer.get("attributes", {}),
        "version": answer["version"],
        "principals": principals,
        "groups": [each["groupName"] for each in groups],
    }


def boto3_policy(given):
    """A policy that allows everything, made as an account's administrator makes it: AWS's boto3."""
    import boto3

    iot = boto3.client("iot", endpoint_url=given.url, region_name=given.region)
    statement = {"Effect": "Allow", "Action": "iot:*", "Resource": "*"}
    document = {"Version": "2012-10-17", "Statement": [statement]}
    made = iot.create_policy(policyName=given.name, policyDocument=json.dumps(document))
    return {"policyName": made["policyName"]}


def boto3_fleet(given):
    """Provisioning templates with their bodies, CA certificates and registration tasks: AWS's boto3."""
    import boto3

    iot = boto3.client("iot", endpoint_url=given.url, region_name=given.region)
    names = [each["templateName"] for each in iot.list_provisioning_templates()["templates"]]
    templates = [iot.describe_provisioning_template(templateName=name) for name in names]
    ids = [each["certificateId"] for each in iot.list_ca_certificates()["certificates"]]
    authorities = [iot.describe_ca_certificate(certificateId=each) for each in ids]
    tasks = iot.list_thing_registration_tasks()["taskIds"]
    return {
        "templates": [_plain(each) for each in templates],
        "authorities": [_plain(each) for each in authorities],
        "tasks": [_plain(iot.describe_thing_registration_task(taskId=each)) for each in tasks],
    }


def boto3_index(given):
    """Switches fleet indexing on or off, as an account's administrator does: AWS's boto3."""
    import boto3

    iot = boto3.client("iot", endpoint_url=given.url, region_name=given.region)
    wanted = {"thingIndexingMode": given.things, "thingConnectivityIndexingMode": given.connectivity}
    iot.update_indexing_configuration(thingIndexingConfiguration=wanted)
    return _plain(iot.get_indexing_configuration())


def boto3_register(given):
    """A certificate of an authority that the account knows, entered and not let in: AWS's boto3."""
    import boto3

    iot = boto3.client("iot", endpoint_url=given.url, region_name=given.region)
    authority = iot.describe_ca_certificate(certificateId=given.authority)["certificateDescription"]
    with open(given.certificate, encoding="ascii") as file:
        made = iot.register_certificate(
            certificatePem=file.read(),
            caCertificatePem=authority["certificatePem"],
            status="INACTIVE",
        )
    return {"certificateId": made["certificateId"]}


def _plain(answer):
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}


def _iot_connection(given, client, certificate, key):
    """A connection to the broker by AWS's own device SDK."""
    from awsiot import mqtt_connection_builder

    host, port = given.mqtt.removeprefix("mqtts://").rsplit(":", 1)
    connection = mqtt_connection_builder.mtls_from_path(
        endpoint=host,
        port=int(port),
        cert_filepath=certificate,
        pri_key_filepath=key,
        ca_filepath=given.ca,
        client_id=client,
        clean_session=True,
        keep_alive_secs=30,
    )
    connection.connect().result(SECONDS)
    return connection


SECONDS = 20


def awsiot_fleet(given):
    """Fleet provisioning by a claim in a directory, as AWS's device SDK (awsiotsdk) does it."""
    from awscrt import mqtt
    from awsiot import iotidentity

    connection = _iot_connection(
        given, f"sdk-{given.serial}", f"{given.claim}/claim.pem", f"{given.claim}/claim.key"
    )
    client, answers = iotidentity.IotIdentityClient(connection), queue.Queue()

    def asked(subscribe, request):
        for kind in ("accepted", "rejected"):
            future, _ = getattr(client, f"{subscribe}_{kind}")(
                request, mqtt.QoS.AT_LEAST_ONCE, lambda answer, kind=kind: answers.put((kind, answer))
            )
            future.result(SECONDS)

    def answer():
        kind, value = answers.get(timeout=SECONDS)
        if kind == "rejected":
            raise SystemExit(f"rejected: {value.status_code} {value.error_code} {value.error_message}")
        return value

    certificates = iotidentity.CreateCertificateFromCsrSubscriptionRequest()
    asked("subscribe_to_create_certificate_from_csr", certificates)
    thing = iotidentity.RegisterThingSubscriptionRequest(template_name=given.template)
    asked("subscribe_to_register_thing", thing)
    request = iotidentity.CreateCertificateFromCsrRequest(certificate_signing_request=open(given.csr).read())
    client.publish_create_certificate_from_csr(request, mqtt.QoS.AT_LEAST_ONCE).result(SECONDS)
    certificate = answer()
    request = iotidentity.RegisterThingRequest(
        template_name=given.template,
        certificate_ownership_token=certificate.certificate_ownership_token,
        parameters={"SerialNumber": given.serial},
    )
    client.publish_register_thing(request, mqtt.QoS.AT_LEAST_ONCE).result(SECONDS)
    registered = answer()
    connection.disconnect().result(SECONDS)
    return {
        "certificateId": certificate.certificate_id,
        "certificatePem": certificate.certificate_pem,
        "thingName": registered.thing_name,
        "deviceConfiguration": registered.device_configuration,
    }


def awsiot_hello(given):
    """A message to oneself with a device's own principals, by AWS's device SDK (awsiotsdk)."""
    from awscrt import mqtt

    connection = _iot_connection(given, given.thing, given.certificate, given.key)
    topic, heard = f"{given.thing}/hello", queue.Queue()
    future, _ = connection.subscribe(
        topic, mqtt.QoS.AT_LEAST_ONCE, lambda topic, payload, **_: heard.put(payload)
    )
    future.result(SECONDS)
    connection.publish(topic, b"hello", mqtt.QoS.AT_LEAST_ONCE)[0].result(SECONDS)
    said = heard.get(timeout=SECONDS).decode()
    connection.disconnect().result(SECONDS)
    return {"heard": said}


def _hub(given):
    """azure-iot-hub's client. It knows no other port than its host's: the address is set after."""
    from azure.iot.hub import IoTHubRegistryManager

    os.environ["REQUESTS_CA_BUNDLE"] = given.ca
    text = (
        f"HostName={given.hub};SharedAccessKeyName={given.policy};SharedAccessKey={os.environ['AZURE_KEY']}"
    )
    manager = IoTHubRegistryManager.from_connection_string(text)
    manager.protocol._client.config.base_url = given.url
    return manager


def azure_hub_device(given):
    """A device in the registry and its twin, keys left out: Microsoft's azure-iot-hub."""
    manager = _hub(given)
    device = manager.get_device(given.device).as_dict()
    device.get("authentication", {}).pop("symmetric_key", None)
    return {"device": device, "twin": manager.get_twin(given.device).as_dict()}


def azure_hub_create(given):
    """Creates a device with keys of the hub's making: what Microsoft's client really sends."""
    device = _hub(given).create_device_with_sas(given.device, None, None, "enabled").as_dict()
    device.get("authentication", {}).pop("symmetric_key", None)
    return {"device": device}


def azure_hub_delete(given):
    """Takes a device away, whatever its version."""
    _hub(given).delete_device(given.device)
    return {}


def azure_derive(given):
    """The key of a device of a group, by the signer of Microsoft's azure-iot-device."""
    from azure.iot.device.common.auth.signing_mechanism import SymmetricKeySigningMechanism

    return {"key": SymmetricKeySigningMechanism(os.environ["AZURE_KEY"]).sign(given.registration)}


def azure_token(given):
    """A shared access signature of Microsoft's azure-iot-device, which ends at the given second."""
    from azure.iot.device.common.auth import sastoken
    from azure.iot.device.common.auth.signing_mechanism import SymmetricKeySigningMechanism

    class Clock:
        """The token's clock, stopped: what it ends at is a difference to now."""

        @staticmethod
        def time():
            return 0

    sastoken.time = Clock
    mechanism = SymmetricKeySigningMechanism(os.environ["AZURE_KEY"])
    token = sastoken.RenewableSasToken(given.resource, mechanism, key_name=given.policy, ttl=given.expiry)
    return {"token": str(token)}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(required=True)

    def command(name, action, *options):
        sub = commands.add_parser(name, help=action.__doc__)
        sub.set_defaults(action=action)
        for option in options:
            kind = int if option == "expiry" else str
            sub.add_argument(f"--{option}", required=option != "policy", type=kind, default=None)

    command("boto3-thing", boto3_thing, "url", "region", "thing")
    command("boto3-policy", boto3_policy, "url", "region", "name")
    command("boto3-fleet", boto3_fleet, "url", "region")
    command("boto3-index", boto3_index, "url", "region", "things", "connectivity")
    command("boto3-register", boto3_register, "url", "region", "authority", "certificate")
    command("awsiot-fleet", awsiot_fleet, "mqtt", "ca", "claim", "template", "serial", "csr")
    command("awsiot-hello", awsiot_hello, "mqtt", "ca", "thing", "certificate", "key")
    command("azure-hub-device", azure_hub_device, "url", "ca", "hub", "policy", "device")
    command("azure-hub-create", azure_hub_create, "url", "ca", "hub", "policy", "device")
    command("azure-hub-delete", azure_hub_delete, "url", "ca", "hub", "policy", "device")
    command("azure-derive", azure_derive, "registration")
    command("azure-token", azure_token, "resource", "expiry", "policy")
    given = parser.parse_args()
    json.dump(given.action(given), sys.stdout, default=str, sort_keys=True)
    print()


if __name__ == "__main__":
    main()
