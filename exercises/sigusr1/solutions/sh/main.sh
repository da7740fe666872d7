#!/bin/bash
# Counts SIGUSR1 and says goodbye on SIGTERM.
#
# Bash runs a trap only when the command in the foreground has ended; `wait` is the exception, a signal
# interrupts it. So the script waits for a sleep in the background that would never end by itself.

count=0

on_usr1() {
  count=$((count + 1))
  echo "got SIGUSR1 $count"
}

on_term() {
  echo bye
  kill "$sleeper"
  wait "$sleeper" 2>/dev/null
  exit 0
}

sleep infinity &
sleeper=$!
trap on_usr1 USR1
trap on_term TERM
echo "ready $$" || exit 1

while :; do
  wait "$sleeper"
done
