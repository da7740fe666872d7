#!/bin/bash
# Ticks once a second, and does what is asked of a program on a terminal: stops, goes on, says goodbye.
#
# The sleep is in the background, because only `wait` lets a trap run at once. It belongs to the same job: Ctrl-Z stops
# it too, and whoever continues the job continues both.

ticks=0

on_tstp() {
  echo paused
  kill -STOP $$
  echo resumed
}

on_int() {
  echo "bye $ticks"
  kill "$sleeper" 2>/dev/null
  wait "$sleeper" 2>/dev/null
  exit 0
}

trap on_tstp TSTP
sleep 1 &
sleeper=$!
trap on_int INT

while :; do
  # A trap ends the wait, and then the second is not over yet.
  while kill -0 "$sleeper" 2>/dev/null; do
    wait "$sleeper"
  done
  ticks=$((ticks + 1))
  echo "tick $ticks"
  sleep 1 &
  sleeper=$!
done
