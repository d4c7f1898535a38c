import AzureIoT
import TargetCore
import Testing

/// The strings of Azure's MQTT, as Microsoft's Python SDK sends them to a broker.
@Suite struct MQTTWordTests {
    @Test func `registration`() {
        let words = DPSMQTT(idScope: "0ne00AABBCC", id: RegistrationID(trusted: "meter-0001"))
        #expect(words.clientID == "meter-0001")
        #expect(words.username == "0ne00AABBCC/registrations/meter-0001/api-version=2019-03-31")
        #expect(words.register(request: 1) == "$dps/registrations/PUT/iotdps-register/?$rid=1")
        #expect(
            words.status(request: 2, operation: "5.506.x")
                == "$dps/registrations/GET/iotdps-get-operationstatus/?$rid=2&operationId=5.506.x")
        #expect(words.status(request: 2, operation: "a/#").hasSuffix("operationId=a%2F%23"))
    }

    @Test func `answers of registration`() {
        let waiting = DPSMQTT.Answer(topic: "$dps/registrations/res/202/?$rid=1&retry-after=3")
        #expect(waiting?.status == 202)
        #expect(waiting?.request == 1)
        #expect(waiting?.retryAfterSeconds == 3)
        #expect(DPSMQTT.Answer(topic: "$dps/registrations/res/200/?$rid=9")?.retryAfterSeconds == nil)
        for topic in [
            "", "$dps/registrations/res/", "$dps/registrations/res/x/?$rid=1", "$dps/registrations/res/7/",
        ] {
            #expect(DPSMQTT.Answer(topic: topic) == nil, "\(topic)")
        }
        #expect(DPSMQTT.Answer(topic: "$dps/registrations/res/200/?$rid&=&retry-after=-1")?.request == nil)
    }

    @Test func `a hub's connection`() {
        let words = HubMQTT(host: "hub.azure-devices.net", deviceID: "meter-0001")
        #expect(words.clientID == "meter-0001")
        #expect(words.username == "hub.azure-devices.net/meter-0001/?api-version=2021-04-12")
        #expect(words.events == "devices/meter-0001/messages/events/")
        #expect(HubMQTT.twin(request: 1) == "$iothub/twin/GET/?$rid=1")
        #expect(HubMQTT.isTwin("$iothub/twin/res/200/?$rid=1", request: 1))
        #expect(!HubMQTT.isTwin("$iothub/twin/res/429/?$rid=1", request: 1))
        #expect(words.message([]).target == "/devices/meter-0001/messages/events?api-version=2020-03-13")
        for refusal in HubMQTT.Refusal.allCases { #expect(refusal.what.hasPrefix("The hub")) }
    }
}
