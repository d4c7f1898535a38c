"""Devices a second that boto3 provisions at the AWS peer: the yardstick of `Scripts/bench targets`.

`bench_boto3.py READY COUNT [THREADS]`: READY is the file with the peer's ready line. It makes the calls that
the registrar makes for each device, in the same order, and keeps no journal. JSON on standard output.
"""

import concurrent.futures
import json
import sys
import time

import bench_devices
from cryptography import x509
from cryptography.hazmat.primitives import serialization


def provision(iot, name, request):
    try:
        iot.describe_thing(thingName=name)
    except iot.exceptions.ResourceNotFoundException:
        iot.create_thing(
            thingName=name, attributePayload={"attributes": {"device": name, "tenant": "acme"}}
        )
    pem = x509.load_der_x509_csr(request).public_bytes(serialization.Encoding.PEM).decode()
    made = iot.create_certificate_from_csr(certificateSigningRequest=pem, setAsActive=False)
    arn = made["certificateArn"]
    iot.attach_policy(policyName=bench_devices.POLICY, target=arn)
    iot.attach_thing_principal(thingName=name, principal=arn, thingPrincipalType="EXCLUSIVE_THING")
    iot.update_certificate(certificateId=made["certificateId"], newStatus="ACTIVE")


def main():
    path, count, *more = sys.argv[1:]
    threads = int(more[0]) if more else 16
    with open(path) as file:
        ready = json.load(file)
    devices = bench_devices.requests(int(count))
    iot = bench_devices.iot(ready, threads)
    iot.create_policy(policyName=bench_devices.POLICY, policyDocument=bench_devices.DOCUMENT)
    bench_devices.limit(ready)
    calls_before, refused_before = bench_devices.asked(ready)
    start = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        runs = [pool.submit(provision, iot, *one) for one in devices]
        failed = sum(run.exception() is not None for run in runs)
    seconds = time.monotonic() - start
    calls, refused = bench_devices.asked(ready)
    calls, refused = calls - calls_before, refused - refused_before
    let_in = bench_devices.active(iot)
    print(bench_devices.told(seconds, let_in, failed, calls, refused))


if __name__ == "__main__":
    main()
