#!/bin/bash
# The sleep in the background outlives the script.
ticks=0

on_tstp() {
  echo paused
  kill -STOP $$
  echo resumed
}

on_int() {
  echo "bye $ticks"
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
