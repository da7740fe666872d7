#!/bin/bash
# A subshell that becomes sleep keeps its PID; wait -n takes whoever ends next.
declare -i left=0
for name in one two three; do
    (exec -a "sleep-$name" sleep 99999) &
    job[left++]=$!
done
for pid in "${job[@]}"; do echo "$pid"; done
kill -s TERM -- "${job[@]}" 2> /dev/null
while ((left > 0)); do
    wait -n
    ((left--))
done
echo done
