#!/bin/sh
# Waits for a picture, saves it as sunrise.png, shows what the job cost, and repeats the order without paying again.
set -eu

images=$IMPREST_BASE_URL/api/v1/images
order="sunrise-$(date +%s)-$$"
body='{"prompt":"Sunrise over a mountain lake","image_width":1024,"image_height":768}'

call() { curl -sS --fail-with-body -H "x-api-key: $IMPREST_API_KEY" "$@"; }
ask() { call "$images/generations" -H 'content-type: application/json' -H "idempotency-key: $order" -d "$body"; }
text() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

job_id=$(ask | text job_id)
# Work that outlives the wait goes on as a job.
while job=$(call "$images/generation/jobs/$job_id"); do
  status=$(echo "$job" | text status)
  [ "$status" = processing ] || break
  sleep "${POLL_SECONDS:-2}"
done
[ "$status" = completed ] || { echo "$job" >&2; exit 1; }

curl -sS --fail -o sunrise.png "$(echo "$job" | text image_url)"
echo "saved sunrise.png"
echo "cost $(echo "$job" | sed -n 's/.*"cost":{\([^}]*\)}.*/\1/p')"
[ "$(ask | text job_id)" = "$job_id" ] && echo "repeated: the same job"
