# Devices provisioned into an Azure DPS, which the stand-in of Tests/Peers plays with a tenth of the limit that Azure
# gives: 100 operations a minute in place of 1,000. So MUSTER_BENCH_DEVICES, 2,200 of them, stand for ten times as many.
devices=${MUSTER_BENCH_DEVICES:-2200} operations=100
source "$root/Scripts/bench.d/cloud"
trap 'stop_server; stop_cloud' EXIT

start_cloud azure_standin.py
(
    umask 077
    of_cloud 'next(each["key"] for each in one["dps"]["policies"] if each["name"] == "provisioningserviceowner")' >key
)
make_registrar registrar
"$bin/muster-registrar" target add cloud azure-dps --directory registrar \
    --set "serviceHost=$(of_cloud 'one["dps"]["name"]')" --set "serviceURL=$(of_cloud 'one["dps"]["url"]')" \
    --set "idScope=$(of_cloud 'one["device"]["idScope"]')" --set "deviceURL=$(of_cloud 'one["device"]["url"]')" \
    --set access.sharedAccess.policy=provisioningserviceowner --secret key=key --set enrolment.proof=certificate \
    --ca "$(of_cloud 'one["ca"]')" >/dev/null 2>&1
"$bin/muster-registrar" target limits cloud --directory registrar \
    --set "azure_dps_service_operations=$operations" >/dev/null 2>&1
"$bin/muster-registrar" placement set --static cloud --directory registrar >/dev/null
# What the checks asked is forgotten by the service's limit, and not by the registrar's.
start_server registrar
"$bin/muster-registrar" pairing jo --directory registrar --url "https://$address" --output pairing >/dev/null 2>&1
"$python" "$root/Tests/Peers/bench_provision.py" cloud/ready pairing "$devices" 4 25 "$operations" >muster
stop_server
stop_cloud

[[ $(figure muster in) -eq $devices && $(figure muster failed) -eq 0 ]]
"$bin/muster-registrar" audit --directory registrar >/dev/null
how="$devices devices at $operations operations a minute, a tenth of Azure's limit"
awk -v n="$(figure muster in)" -v s="$(figure muster seconds)" 'BEGIN { print n / s }' |
    row 'devices provisioned into a DPS' devices/s - "$how; journal, receipts, audit"
awk -v n="$(figure muster in)" -v c="$(figure muster calls)" 'BEGIN { print n / c }' |
    row 'devices for each operation' devices '>= 8' 'ten at the most; one by one it would be less than 1'
# Calls beyond a minute's wait for the minute to pass; the last of them needs so many minutes at the least.
awk -v c="$(figure muster calls)" -v l="$operations" 'BEGIN { print 60 * int((c - 1) / l) }' >ideal
row 'time that the limit alone takes' s - 'for the operations that were made' <ideal
figure muster seconds | row 'time that it took' s - 'the same run'
awk -v s="$(figure muster seconds)" -v i="$(cat ideal)" 'BEGIN { print i ? 100 * (s - i) / i : 0 }' |
    row 'time that was wasted' % '<= 5' 'over what the limit alone takes'
awk -v n="$devices" -v l="$operations" -v s="$(figure muster seconds)" 'BEGIN { print 60 * (n / l - 1) / s }' |
    row 'faster than one device a call' times - 'held against what the limit alone takes for one by one'
awk -v a="$(figure muster refused)" -v b="$(figure muster calls)" 'BEGIN { print 100 * a / b }' |
    row 'calls that Azure throttles' % '<= 0' 'too many in a minute'
