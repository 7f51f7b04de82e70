"""Begins a task, polls it until it is done, saves boat.png, and repeats the order without paying again."""

import json
import os
import time
import uuid
from urllib.request import Request, urlopen, urlretrieve

BASE = os.environ["IMPREST_BASE_URL"]
HEADERS = {"Authorization": f"Bearer {os.environ['IMPREST_API_KEY']}"}
ORDER = {"Content-Type": "application/json", "Idempotency-Key": f"boat-{uuid.uuid4()}"}
BODY = {"model": "xSD4.5", "prompt": "A paper boat on a pond", "size": "1024x1024", "async": True}


def fetch(request: Request) -> dict:
    with urlopen(request, timeout=60) as answer:
        return json.load(answer)


def begin() -> dict:
    data = json.dumps(BODY).encode()
    return fetch(Request(f"{BASE}/v1/images/generations", data, HEADERS | ORDER))


begun = begin()
poll = Request(BASE + begun["poll_url"], headers=HEADERS)
while (task := fetch(poll))["state"] in ("waiting", "running"):
    time.sleep(float(os.environ.get("POLL_SECONDS", "5")))
if task["state"] == "failed":
    raise SystemExit(task["error"]["message"])

urlretrieve(task["data"][0]["url"], "boat.png")
print("saved boat.png")
print("cost", json.dumps(task["cost"]))
if begin()["task_id"] == begun["task_id"]:
    print("repeated: the same task")
