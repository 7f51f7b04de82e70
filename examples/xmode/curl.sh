#!/bin/sh
# Asks for a picture, polls until it is made, saves it as lighthouse.png, and repeats the order without paying again.
set -eu

order="lighthouse-$(date +%s)-$$"
body='{"endUserEmail":"ada@example.com","prompt":"A lighthouse in a storm","size":"1900x1900"}'

call() { curl -sS --fail-with-body -H "Authorization: Bearer $IMPREST_API_KEY" "$@"; }
ask() { call "$IMPREST_BASE_URL/v1/generations" -H 'Content-Type: application/json' -H "Idempotency-Key: $order" -d "$body"; }
text() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }
number() { sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p"; }

receipt=$(ask)
poll_url=$(echo "$receipt" | text pollUrl)
while record=$(call "$poll_url"); do
  status=$(echo "$record" | text status)
  case $status in queued | processing) sleep "${POLL_SECONDS:-5}" ;; *) break ;; esac
done
[ "$status" = succeeded ] || { echo "$record" >&2; exit 1; }

curl -sS --fail -o lighthouse.png "$(echo "$record" | text url)"
echo "saved lighthouse.png"
echo "cost $(echo "$record" | number xTokens), refunded $(echo "$record" | number refunded)"
[ "$(ask | text requestId)" = "$(echo "$receipt" | text requestId)" ] && echo "repeated: the same generation"
