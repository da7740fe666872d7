#!/bin/bash
# A timer that signals can change while it runs.
#
# What is kept is the moment at which it rings. The script waits for a sleep in the background that lasts until then,
# because only `wait` lets a trap run at once; a trap that moves the moment ends the sleep, and a new one is started.
# All times are in microseconds: Bash does not calculate with fractions.

usage() {
  echo "usage: countdown SECONDS, from 1 to 86400" >&2
  exit 2
}

[[ $# -eq 1 && $1 =~ ^[0-9]{1,5}$ ]] || usage
whole=$((10#$1 * 1000000))
((whole >= 1000000 && whole <= 86400000000)) || usage

second=1000000
step=$((60 * second))
up=0
down=0
sleeper=

now() { echo "${EPOCHREALTIME/[.,]/}"; }
left() { echo $((end - $(now))); }

move_end() {
  end=$1
  [[ $sleeper ]] && kill "$sleeper" 2>/dev/null
}

add() {
  up=$((up + 1))
  move_end $((end + step))
}

take() {
  if (($(left) - step < second)); then
    echo ignored
    return
  fi
  down=$((down + 1))
  move_end $((end - step))
}

tell() { echo "left $((($(left) + second - 1) / second))"; }

trap '' INT
trap add USR1
trap take USR2
trap 'move_end $(($(now) + whole))' HUP
trap tell TERM

end=$(($(now) + whole))
while rest=$(left) && ((rest > 0)); do
  planned=$end
  sleep "$((rest / second)).$(printf %06d $((rest % second)))" &
  sleeper=$!
  # A trap that ran before the sleep was known could not end it.
  [[ $planned == "$end" ]] || kill "$sleeper"
  while kill -0 "$sleeper" 2>/dev/null; do
    wait "$sleeper" 2>/dev/null
  done
done
echo "up $up down $down"
