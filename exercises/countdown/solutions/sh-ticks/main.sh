#!/bin/bash
# Looks once a second whether the time is over, with a read that has a time limit and nothing to read.
if [[ $# -ne 1 || ! $1 =~ ^[1-9][0-9]*$ ]]; then
  echo "usage: countdown SECONDS" >&2
  exit 2
fi
declare -i end left up=0 down=0

left() { left=$((end - ${EPOCHREALTIME/[.,]/})); }
start() { end=$((${EPOCHREALTIME/[.,]/} + $1 * 1000000)); }
shorter() {
  left
  if ((left >= 61000000)); then
    ((end -= 60000000, ++down))
  else
    echo ignored
  fi
}

trap '' INT
trap '((end += 60000000, ++up))' USR1
trap shorter USR2
trap "start $1" HUP
trap 'left; echo "left $(((left + 999999) / 1000000))"' TERM
exec {nothing}<> <(:)
wait
start "$1"
left
while ((left > 0)); do
  read -r -t 1 -u "$nothing"
  left
done
echo "up $up down $down"
