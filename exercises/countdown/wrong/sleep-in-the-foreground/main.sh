#!/bin/bash
# A trap waits until the command in the foreground has ended, and that is the whole sleep.
if [ $# -ne 1 ] || ! [[ $1 =~ ^[1-9][0-9]*$ ]]; then
  echo "Ús: countdown SEGONS" >&2
  exit 2
fi
up=0
down=0
fi=$((SECONDS + $1))
trap '' INT
trap 'fi=$((fi + 60)); up=$((up + 1))' USR1
trap 'if [ $((fi - SECONDS)) -gt 60 ]; then fi=$((fi - 60)); down=$((down + 1)); else echo ignored; fi' USR2
trap 'fi=$((SECONDS + $1))' HUP
trap 'echo "left $((fi - SECONDS))"' TERM
while [ $SECONDS -lt $fi ]; do
  sleep $((fi - SECONDS))
done
echo "up $up down $down"
