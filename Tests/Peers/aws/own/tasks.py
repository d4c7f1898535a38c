"""Bulk registration. moto has none of it.

The input file is not in S3: a test puts it with `POST /objects` of the control interface. A task works
while it is looked at: the first look finds it in progress, the second finds it complete.
"""

import json
import time
import uuid

from ..errors import AWSError, not_found, refused
from . import template_body

RUNNING = "InProgress"


class Tasks:
    def StartThingRegistrationTask(self, call):
        template_body.parse(call["templateBody"])
        if any(each["status"] == RUNNING for each in call.region.tasks.values()):
            raise refused("Another thing registration task is in progress")
        task = str(uuid.uuid4())
        now = time.time()
        call.region.tasks[task] = {
            "taskId": task,
            "creationDate": now,
            "lastModifiedDate": now,
            "status": RUNNING,
            "successCount": 0,
            "failureCount": 0,
            "percentageProgress": 0,
            "looks": 0,
            "reports": {},
            **{name: call[name] for name in ("templateBody", "inputFileBucket", "inputFileKey", "roleArn")},
        }
        return {"taskId": task}

    @staticmethod
    def _task(call):
        if call["taskId"] not in call.region.tasks:
            raise not_found(f"Task {call['taskId']}")
        return call.region.tasks[call["taskId"]]

    def DescribeThingRegistrationTask(self, call):
        record = self._task(call)
        record["looks"] += 1
        if record["status"] == RUNNING and record["looks"] > 1:
            self._work(call, record)
        return {name: member for name, member in record.items() if name not in ("looks", "reports")}

    def _work(self, call, record):
        """Registers each line of the input file, and writes what became of it."""
        text = call.state.objects.get((record["inputFileBucket"], record["inputFileKey"]))
        record["lastModifiedDate"] = time.time()
        if text is None:
            record["status"], record["message"] = "Failed", "The input file cannot be read"
            return
        results, errors = [], []
        for number, line in enumerate(filter(str.strip, text.splitlines()), start=1):
            try:
                parameters = {"templateBody": record["templateBody"], "parameters": json.loads(line)}
                made = self.RegisterThing(call.with_parameters(parameters))
                results.append(
                    json.dumps(
                        {
                            "lineNumber": number,
                            "offset": 0,
                            "response": {
                                "ResourceArns": made["resourceArns"],
                                "certificatePem": made.get("certificatePem"),
                            },
                        }
                    )
                )
            except (AWSError, ValueError, KeyError) as error:
                errors.append(json.dumps({"lineNumber": number, "offset": 0, "message": str(error)}))
        record["status"], record["percentageProgress"] = "Completed", 100
        record["successCount"], record["failureCount"] = len(results), len(errors)
        record["reports"] = {"RESULTS": "\n".join(results), "ERRORS": "\n".join(errors)}

    def ListThingRegistrationTasks(self, call):
        wanted = call.get("status")
        tasks = [name for name, each in call.region.tasks.items() if wanted in (None, each["status"])]
        items, more = call.pages(tasks, "maxResults", "nextToken", "nextToken")
        return {"taskIds": items, **more}

    def ListThingRegistrationTaskReports(self, call):
        record, kind = self._task(call), call["reportType"]
        links = []
        if record["reports"].get(kind):
            where = f"reports/{call.account}/{call.region_name}/{record['taskId']}/{kind}"
            links = [f"{call.base_url}/{where}"]
        return {"resourceLinks": links, "reportType": kind}

    def StopThingRegistrationTask(self, call):
        record = self._task(call)
        if record["status"] != RUNNING:
            raise refused(f"The task is {record['status']}")
        record["status"] = "Cancelled"
        return {}

    def report(self, account, region, task, kind):
        """What a link of a report leads to; `None` when there is none."""
        record = self.state.region(account, region).tasks.get(task)
        return record["reports"].get(kind) if record else None
