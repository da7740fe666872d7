#!/bin/bash
# SIGINT has its default action, which kills the script without a word.
ticks=0

on_tstp() {
  echo paused
  kill -STOP $$
  echo resumed
}

trap on_tstp TSTP
sleep 1 &
sleeper=$!

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
