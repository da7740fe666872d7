#!/bin/bash
# A sleep in the foreground holds a trap back until it ends: short ones keep the answer within a second.
count=0
trap 'echo "got SIGUSR1 $((++count))"' USR1
trap 'echo bye; exit 0' TERM
echo "ready $$"
while :; do
  sleep 1
done
