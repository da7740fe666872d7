#!/bin/bash
# The sleep is in the foreground: the traps would run when it ends, and it never does.
count=0
trap 'count=$((count + 1)); echo "got SIGUSR1 $count"' USR1
trap 'echo bye; exit 0' TERM
echo "ready $$"
sleep infinity
