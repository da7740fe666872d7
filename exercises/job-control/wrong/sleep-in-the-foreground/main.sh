#!/bin/bash
# The trap waits until the sleep in the foreground has ended, and Ctrl-Z has stopped the sleep.
n=0
trap 'echo paused; kill -STOP $$; echo resumed' TSTP
trap 'echo "bye $n"; exit 0' INT
while :; do
  sleep 1
  n=$((n + 1))
  echo "tick $n"
done
