"""Makes a character, asks for a picture of it, saves portrait.jpg, and repeats the order without paying again."""

import json
import os
import shutil
import time
import urllib.request
import uuid


def call(path: str, body: dict | None = None, order: str = "") -> dict:
    headers = {"Authorization": "Bearer " + os.environ["IMPREST_API_KEY"]}
    if body is not None:
        headers |= {"Content-Type": "application/json", "Idempotency-Key": order}
    request = urllib.request.Request(
        f"{os.environ['IMPREST_BASE_URL']}/v1/{path}",
        headers=headers,
        data=body and json.dumps(body).encode(),
    )
    with urllib.request.urlopen(request, timeout=90) as answer:
        return json.load(answer)


traits = {"age": 34, "hair": "auburn", "eyes": "green"}
mira = {"model_id": "realistic-sharp", "name": "Mira", "traits": traits}
character = call("characters", mira, f"mira-{uuid.uuid4()}")

portrait = {
    "character_id": character["character_id"],
    "prompt": "three-quarter portrait, golden hour, in a garden",
    "resolution": "896x1152",
}
order = f"portrait-{uuid.uuid4()}"
generation = call("images:generate", portrait, order)
while generation["status"] in ("queued", "processing"):  # It outlived the call, which waits.
    time.sleep(float(os.environ.get("POLL_SECONDS", "2")))
    generation = call(f"generations/{generation['generation_id']}")
if generation["status"] == "failed":
    raise SystemExit("it failed, and cost nothing")

with urllib.request.urlopen(generation["output_url"]) as output, open("portrait.jpg", "wb") as file:
    shutil.copyfileobj(output, file)
print("saved portrait.jpg of:", generation["enhanced_prompt"])
print("cost", generation["cost_credits"], "credits")
if call("images:generate", portrait, order)["generation_id"] == generation["generation_id"]:
    print("repeated: the same generation")
