#!/bin/bash
# When the file has changed, prints its last line: if three have come, two are lost.
if [[ $# -ne 1 ]]; then
  echo "usage: follow FILE" >&2
  exit 2
fi
file=$1
printed=0
sleeper=

on_term() {
  if [[ $sleeper ]]; then
    kill "$sleeper" 2>/dev/null
    wait "$sleeper" 2>/dev/null
  fi
  exit 0
}

print_what_is_new() {
  local size
  size=$(stat -c %s -- "$file") || exit 1
  ((size >= printed)) || printed=0 # it was cut, and begins again
  if ((size > printed)); then
    tail -n 1 -- "$file"
    printed=$size
  fi
}

trap on_term TERM
while :; do
  print_what_is_new
  sleep 1 &
  sleeper=$!
  wait "$sleeper"
done
