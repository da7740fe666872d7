#!/bin/bash
# Three jobs in the background. $! is the PID of the last one that was started.
pids=()
for i in 1 2 3; do
    sleep 99999 &
    pids+=($!)
done
printf '%s\n' "${pids[@]}"
kill "${pids[@]}" 2> /dev/null # only sends the signals
wait "${pids[@]}" # until they have ended, and Bash has taken their statuses
echo done
exit 0 # and not 143, what wait says of a job that SIGTERM ended
