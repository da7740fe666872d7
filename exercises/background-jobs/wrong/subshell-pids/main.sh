#!/bin/bash
for i in 1 2 3; do
    (sleep 99999; true) &
    pids[$i]=$!
    echo ${pids[$i]}
done
kill ${pids[@]}
wait
echo done
