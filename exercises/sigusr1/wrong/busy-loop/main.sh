#!/bin/bash
# The traps are right, but the script waits in an empty loop.
n=0
trap 'n=$((n + 1)); echo "got SIGUSR1 $n"' USR1
trap 'echo bye; exit 0' TERM
echo "ready $$"
while true; do
  :
done
