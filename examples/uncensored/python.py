"""Waits for a picture, saves it as sunrise.png, shows what the job cost, and repeats the order without paying again."""

import json
import os
import time
import urllib.request
import uuid

IMAGES = os.environ["IMPREST_BASE_URL"] + "/api/v1/images"
order = f"sunrise-{uuid.uuid4()}"
sunrise = {"prompt": "Sunrise over a mountain lake", "image_width": 1024, "image_height": 768}


def request(path: str, body: dict | None = None) -> dict:
    made = urllib.request.Request(IMAGES + path)
    made.add_header("x-api-key", os.environ["IMPREST_API_KEY"])
    if body is not None:
        made.add_header("content-type", "application/json")
        made.add_header("idempotency-key", order)
        made.data = json.dumps(body).encode()
    return json.load(urllib.request.urlopen(made, timeout=90))


job_id = request("/generations", sunrise)["job_id"]
job = request(f"/generation/jobs/{job_id}")
while job["status"] == "processing":  # Work that outlives the wait goes on as a job.
    time.sleep(float(os.environ.get("POLL_SECONDS", "2")))
    job = request(f"/generation/jobs/{job_id}")
if job["status"] == "failed":
    raise SystemExit(job["error"]["message"])

urllib.request.urlretrieve(job["image_url"], "sunrise.png")
print("saved sunrise.png")
print("cost", json.dumps(job["cost"]))
if request("/generations", sunrise)["job_id"] == job_id:
    print("repeated: the same job")
