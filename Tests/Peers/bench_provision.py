"""Devices a second that a registrar provisions at a cloud peer, for `Scripts/bench targets targets-dps`.

`bench_provision.py READY PAIRING COUNT [CONNECTIONS [DEVICES [CALLS]]]`: claims and provisions COUNT devices as a
tablet does, by POST /v1/operations over HTTPS with the token of the pairing file, so many DEVICES to a batch.
What is not settled in its batch is sent again later with the same bytes. CALLS is what Azure takes in a minute. JSON on
standard output.
"""

import base64
import concurrent.futures
import datetime
import hashlib
import http.client
import json
import os
import ssl
import sys
import threading
import time
import uuid

import bench_devices

local = threading.local()


def operation_id():
    """A UUID of version 7: milliseconds, then chance."""
    number = int(time.time() * 1000) << 80 | 7 << 76 | int.from_bytes(os.urandom(2), "big") % 4096 << 64
    return str(uuid.UUID(int=number | 2 << 62 | int.from_bytes(os.urandom(8), "big") >> 2))


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def frozen(pairing, serial, sequence, body, before=None):
    """One operation, as canonical JSON; with what the next in its lane names it by."""
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    operation = {
        "version": 1,
        "operationID": operation_id(),
        "body": body,
        "tenant": "acme",
        "site": "oslo-1",
        "lane": f"serial:generic/{serial}",
        "laneSequence": sequence,
        "operatorID": pairing["operatorID"],
        "store": {"storeID": "bench", "epoch": 1},
        "capturedAt": {
            "wall": now,
            "bootID": "bench",
            "monotonicMilliseconds": int(time.monotonic() * 1000),
        },
        "summary": f"{body['kind']} {serial}",
    }
    if before:
        operation["predecessor"] = before
    payload = json.dumps(operation, sort_keys=True, separators=(",", ":")).encode()
    name = {"operationID": operation["operationID"]}
    return name | {"payload": encoded(payload)}, name | {"payloadHash": hashlib.sha256(payload).hexdigest()}


def operations(pairing, serial, request):
    identity = {"product": "generic", "fields": {"serial": serial}}
    claim, name = frozen(pairing, serial, 1, {"kind": "claim", "claim": {"identity": identity}})
    wish = {"certificateRequest": base64.b64encode(request).decode()}
    provision, _ = frozen(pairing, serial, 2, {"kind": "provision", "provision": wish}, name)
    return [claim, provision]


def post(pairing, batch):
    if not hasattr(local, "connection"):
        trust = ssl.create_default_context(cadata=pairing["certificateAuthority"])
        place = pairing["url"].removeprefix("https://")
        local.connection = http.client.HTTPSConnection(place, context=trust, timeout=60)
    headers = {"Authorization": "Bearer " + pairing["token"], "Content-Type": "application/json"}
    local.connection.request("POST", "/v1/operations", json.dumps({"operations": batch}), headers)
    answer = local.connection.getresponse()
    text = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{answer.status}: {text[:500]}")
    return json.loads(text)["results"]


# Rounds after the first, and seconds between them: what the registrar is still working at is asked for again.
ROUNDS, PAUSE = 300, 1


def unsettled(pairing, batch):
    """Sends a batch; gives what has no receipt yet, and what was said of it."""
    results = post(pairing, batch)
    return [(each, result) for each, result in zip(batch, results) if "receipt" not in result]


def settle(pairing, batches, connections):
    """Sends everything until each operation has its receipt. Gives what was said of those that never had."""
    with concurrent.futures.ThreadPoolExecutor(connections) as pool:
        for _ in range(1 + ROUNDS):
            left = list(pool.map(lambda batch: unsettled(pairing, batch), batches))
            again = [[each for each, result in one if result["problem"].get("retryable")] for one in left]
            batches = [batch for batch in again if batch]
            if not batches:
                break
            time.sleep(PAUSE)
        return [result["problem"] for one in left for _, result in one]


def main():
    ready_path, pairing_path, count, *more = sys.argv[1:]
    connections, each = int(more[0]) if more else 2, int(more[1]) if len(more) > 1 else 8
    with open(ready_path) as ready_file, open(pairing_path) as pairing_file:
        ready, pairing = json.load(ready_file), json.load(pairing_file)
    made = [operations(pairing, *device) for device in bench_devices.requests(int(count))]
    batches = [sum(made[place : place + each], []) for place in range(0, len(made), each)]
    bench_devices.limit(ready, int(more[2]) if len(more) > 2 else None)
    calls_before, refused_before = bench_devices.asked(ready)
    start = time.monotonic()
    problems = settle(pairing, batches, connections)
    seconds = time.monotonic() - start
    calls, refused = bench_devices.asked(ready)
    calls, refused = calls - calls_before, refused - refused_before
    let_in = bench_devices.let_in(ready)
    if problems:
        print(problems[0], file=sys.stderr)
    print(bench_devices.told(seconds, let_in, len(problems), calls, refused))


if __name__ == "__main__":
    main()
