# Devices provisioned into AWS IoT Core, which the stand-in of Tests/Peers plays with the limits that AWS gives an
# account: by a registrar, and by a script with boto3 that makes the same calls. MUSTER_BENCH_DEVICES says how many.
devices=${MUSTER_BENCH_DEVICES:-1000} threads=16
source "$root/Scripts/bench.d/cloud"
trap 'stop_server; stop_cloud' EXIT

start_cloud aws_gate.py
"$python" "$root/Tests/Peers/bench_boto3.py" cloud/ready "$devices" "$threads" >boto3
stop_cloud

start_cloud aws_gate.py
"$python" - "$root/Tests/Peers" <<'PYTHON'
import json, sys
sys.path.insert(0, sys.argv[1])
import bench_devices
iot = bench_devices.iot(json.load(open("cloud/ready")))
iot.create_policy(policyName=bench_devices.POLICY, policyDocument=bench_devices.DOCUMENT)
PYTHON
(
    umask 077
    of_cloud 'one["accounts"][0]["accessKeyID"]' >id
    of_cloud 'one["accounts"][0]["secretAccessKey"]' >secret
)
make_registrar registrar
"$bin/muster-registrar" target add cloud aws --directory registrar \
    --set "endpoint.region=$(of_cloud 'one["accounts"][0]["region"]')" \
    --set "endpoint.controlPlane=$(of_cloud 'one["url"]')" \
    --set "accountID=$(of_cloud 'one["accounts"][0]["account"]')" \
    --set policy=devices --set issuer=aws --set exclusiveThing=true --set 'groups=[]' --set 'attributes={}' \
    --set deviceEndpoint=bench-ats.iot.eu-west-1.amazonaws.com \
    --secret accessKeyID=id --secret secretAccessKey=secret >/dev/null 2>&1
"$bin/muster-registrar" placement set --static cloud --directory registrar >/dev/null
start_server registrar
"$bin/muster-registrar" pairing jo --directory registrar --url "https://$address" --output pairing >/dev/null 2>&1
"$python" "$root/Tests/Peers/bench_provision.py" cloud/ready pairing "$devices" 2 $((threads / 2)) >muster
stop_server
stop_cloud

[[ $(figure muster in) -eq $devices && $(figure muster failed) -eq 0 ]]
"$bin/muster-registrar" audit --directory registrar >/dev/null
how="$devices devices, $threads at once, AWS's default limits"
for way in muster boto3; do
    awk -v n="$(figure $way in)" -v s="$(figure $way seconds)" 'BEGIN { print n / s }' >"$way.rate"
done
row 'devices provisioned by the registrar' devices/s - "$how; journal, receipts, audit" <muster.rate
row 'devices provisioned by boto3' devices/s - "$how; one script, no journal" <boto3.rate
percent "$(cat muster.rate)" "$(cat boto3.rate)" | row 'registrar against boto3' % '>= 90' 'the same run'
figure muster calls | scaled "$devices" | row 'calls of the registrar' calls - 'for each device'
figure boto3 calls | scaled "$devices" | row 'calls of boto3' calls - 'for each device, those that were repeated too'
for way in muster boto3; do
    awk -v a="$(figure $way refused)" -v b="$(figure $way calls)" 'BEGIN { print 100 * a / b }' >"$way.refused"
done
row 'calls of the registrar that AWS throttles' % '<= 1' 'too many in a second' <muster.refused
row 'calls of boto3 that AWS throttles' % - 'the same' <boto3.refused
figure boto3 failed | row 'devices that boto3 gave up' devices - '20 tries a call'
