#!/bin/sh
# Begins a task, polls it until it is done, saves boat.png, and repeats the order without paying again.
set -eu

text() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }
order="boat-$(date +%s)-$$"
body='{"model":"xSD4.5","prompt":"A paper boat on a pond","size":"1024x1024","async":true}'

call() { curl -sS --fail-with-body -H "Authorization: Bearer $IMPREST_API_KEY" "$@"; }
ask() { call "$IMPREST_BASE_URL/v1/images/generations" -H 'Content-Type: application/json' -H "Idempotency-Key: $order" -d "$body"; }

begun=$(ask)
poll_url=$IMPREST_BASE_URL$(echo "$begun" | text poll_url)
while task=$(call "$poll_url"); do
  state=$(echo "$task" | text state)
  case $state in waiting | running) sleep "${POLL_SECONDS:-5}" ;; *) break ;; esac
done
[ "$state" = success ] || { echo "$task" >&2; exit 1; }

curl -sS --fail -o boat.png "$(echo "$task" | text url)"
echo "saved boat.png"
echo "cost $(echo "$task" | sed -n 's/.*"cost":{\([^}]*\)}.*/\1/p')"
[ "$(ask | text task_id)" = "$(echo "$begun" | text task_id)" ] && echo "repeated: the same task"
