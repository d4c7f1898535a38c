"""Our own stand-in for Azure DPS and IoT Hub on the loopback: `python Tests/Peers/azure_standin.py`.

It is not Microsoft's: shapes come from Microsoft's published specifications, rules from their documents, and
only the real service proves those. One line of JSON says that it is ready; it ends with its standard input.
"""

import argparse
import threading

from azure_cloud.certificates import info, read
from azure_cloud.device_plane import DevicePlane
from azure_cloud.hub import Hub
from azure_cloud.hub_plane import RIGHTS as HUB_RIGHTS
from azure_cloud.hub_plane import HubPlane
from azure_cloud.plane import Plane
from azure_cloud.service import ProvisioningService
from azure_cloud.service_plane import RIGHTS as DPS_RIGHTS
from azure_cloud.service_plane import ServicePlane
from azure_cloud.tokens import Policies
from common.certificates import Authority, pem
from common.control import Control, without_secrets
from common.lifetime import Lifetime
from common.web import Server

GLOBAL = "global.azure-devices-provisioning.net"


def options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dps-name", default="contoso-dps.azure-devices-provisioning.net")
    parser.add_argument("--hub-name", action="append", help="host name of a linked hub; may be repeated")
    parser.add_argument("--id-scope", default="0ne00AABBCC")
    parser.add_argument("--retry-after", type=int, default=1, help="seconds between polls of a registration")
    parser.add_argument("--assigning-polls", type=int, default=1, help="polls that still find it assigning")
    parser.add_argument("--page", type=int, default=1000, help="most items on a page of a list")
    parser.add_argument("--directory", help="where the file of the authority is written")
    given = parser.parse_args()
    given.hub_name = given.hub_name or ["contoso-hub-1.azure-devices.net", "contoso-hub-2.azure-devices.net"]
    return given


def state(service):
    """What the service holds, for tests; without keys."""
    return without_secrets(
        {
            "enrollments": [service.individuals.shown(each) for each in service.individuals.records.values()],
            "enrollmentGroups": [service.groups.shown(each) for each in service.groups.records.values()],
            "registrations": list(service.records.values()),
            "attempts": service.attempts,
            "authorities": {name: info(each) for name, each in service.authorities.items()},
            "hubs": [
                {
                    "name": hub.name,
                    "devices": list(hub.devices.values()),
                    "twins": [hub.twin(name) for name in hub.devices],
                    "messages": hub.messages,
                }
                for hub in service.hubs
            ],
        }
    )


def main():
    given, lock = options(), threading.Lock()
    lifetime = Lifetime(given.directory)
    hubs = [Hub(name) for name in given.hub_name]
    service = ProvisioningService(given.dps_name, given.id_scope, hubs)

    def locked(action):
        def act(body):
            with lock:
                return action(body)

        return act

    def add_authority(order):
        """A CA certificate as an administrator uploads it, for `caReferences`."""
        service.authorities[order["name"]] = read(order["certificate"])
        return {}

    control = Control(
        lambda: locked(lambda _: service.reset())(None),
        {
            ("GET", "/state"): locked(lambda _: state(service)),
            ("POST", "/authorities"): locked(add_authority),
        },
    )
    Plane.most = given.page
    authority = Authority("Muster test peers")
    dps_policies = Policies(given.dps_name, DPS_RIGHTS)
    dps = Server(
        ServicePlane(service, dps_policies, control, lock), authority.server_context([given.dps_name])
    )
    device = Server(
        DevicePlane(service, control, lock, given.retry_after, given.assigning_polls),
        authority.server_context([GLOBAL], asks_for_certificate=True),
    )
    ready_hubs = []
    for hub in hubs:
        policies = Policies(hub.name, HUB_RIGHTS)
        context = authority.server_context([hub.name], asks_for_certificate=True)
        server = Server(HubPlane(hub, policies, control, lock), context)
        ready_hubs.append({"name": hub.name, "url": server.url, **policies.ready()})
    lifetime.run(
        {
            "control": control.url,
            "ca": lifetime.write("ca.pem", pem(authority.certificate)),
            "dps": {"name": given.dps_name, "url": dps.url, **dps_policies.ready()},
            "device": {"name": GLOBAL, "url": device.url, "idScope": given.id_scope},
            "hubs": ready_hubs,
        }
    )


if __name__ == "__main__":
    main()
