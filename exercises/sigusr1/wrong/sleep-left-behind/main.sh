#!/bin/bash
# The sleep in the background outlives the script.
count=0
trap 'count=$((count + 1)); echo "got SIGUSR1 $count"' USR1
trap 'echo bye; exit 0' TERM
echo "ready $$"
sleep infinity &
while true; do
  wait $!
done
