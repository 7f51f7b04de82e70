#!/bin/sh
# Makes a character, asks for a picture of it, saves portrait.jpg, and repeats the order without paying again.
set -eu

call() {
  path=$1
  shift
  curl -sS --fail-with-body -H "Authorization: Bearer $IMPREST_API_KEY" "$@" "$IMPREST_BASE_URL/v1/$path"
}
field() { sed -n "s/.*\"$1\":\"*\([^\",}]*\).*/\1/p"; }

json='Content-Type: application/json'
traits='{"age":34,"hair":"auburn","eyes":"green"}'
character=$(call characters -H "$json" -d "{\"model_id\":\"realistic-sharp\",\"name\":\"Mira\",\"traits\":$traits}" | field character_id)

order="Idempotency-Key: portrait-$(date +%s)-$$"
body="{\"character_id\":\"$character\",\"prompt\":\"three-quarter portrait, golden hour, in a garden\",\"resolution\":\"896x1152\"}"
id=$(call images:generate -H "$json" -H "$order" -d "$body" | field generation_id)
# The call waits; what outlives the wait is polled.
until generation=$(call "generations/$id") && status=$(echo "$generation" | field status) &&
  [ "$status" != queued ] && [ "$status" != processing ]; do
  sleep "${POLL_SECONDS:-2}"
done
[ "$status" = completed ] || { echo "$generation" >&2; exit 1; }

curl -sS --fail -o portrait.jpg "$(echo "$generation" | field output_url)"
echo "saved portrait.jpg"
echo "cost $(echo "$generation" | field cost_credits) credits"
again=$(call images:generate -H "$json" -H "$order" -d "$body" | field generation_id)
[ "$again" = "$id" ] && echo "repeated: the same generation"
