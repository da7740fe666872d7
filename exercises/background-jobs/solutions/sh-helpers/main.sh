#!/bin/bash
# Other children come before the jobs, between them and after: seq, date and kill are programs too.
began=$(date +%s)
for n in $(seq 3); do
    sleep 99999 &
    jobs[n]=$!
    echo "${jobs[n]}"
    : "job $n, after $(($(date +%s) - began)) s"
done
env kill "${jobs[@]}"
wait "${jobs[@]}" 2> /dev/null
echo "done"
exit 0
