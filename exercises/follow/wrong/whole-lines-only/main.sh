#!/bin/bash
# read gives a line when its newline has come; what is there of the last one is not printed.
if [ $# -ne 1 ]; then
  echo "usage: follow FILE" >&2
  exit 2
fi
[ -r "$1" ] || { echo "follow: $1?" >&2; exit 1; }
trap 'kill $! 2>/dev/null; wait; exit 0' TERM
while :; do
  if [ "$(stat -c %s "$1")" -lt "${seen:-0}" ]; then exec 3<"$1"; seen=0; fi
  [ -e /dev/fd/3 ] || exec 3<"$1"
  while IFS= read -r -u 3 line; do
    printf '%s\n' "$line"
    seen=$((${seen:-0} + ${#line} + 1))
  done
  sleep 1 &
  wait $!
done
