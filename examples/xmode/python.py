"""Asks for a picture, polls until it is made, saves it as lighthouse.png, and repeats the order without paying again."""

import json
import os
import time
import urllib.request
import uuid

BASE = os.environ["IMPREST_BASE_URL"]
KEY = os.environ["IMPREST_API_KEY"]
POLL_SECONDS = float(os.environ.get("POLL_SECONDS", "5"))
ORDER = f"lighthouse-{uuid.uuid4()}"


def call(url: str, body: dict | None = None) -> dict:
    headers = {"Authorization": f"Bearer {KEY}"}
    if body is not None:
        headers |= {"Content-Type": "application/json", "Idempotency-Key": ORDER}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def ask() -> dict:
    return call(
        f"{BASE}/v1/generations",
        {"endUserEmail": "ada@example.com", "prompt": "A lighthouse in a storm", "size": "1900x1900"},
    )


receipt = ask()
while (record := call(receipt["pollUrl"]))["status"] in ("queued", "processing"):
    time.sleep(POLL_SECONDS)
if record["status"] != "succeeded":
    raise SystemExit(f"{record['status']}: {record.get('error')}")

urllib.request.urlretrieve(record["images"][0]["url"], "lighthouse.png")
print("saved lighthouse.png")
print(f"cost {record['cost']['xTokens']}, refunded {record['cost']['refunded']}")
if ask()["requestId"] == receipt["requestId"]:
    print("repeated: the same generation")
