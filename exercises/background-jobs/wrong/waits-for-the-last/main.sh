#!/bin/bash
# $! és l'últim: els altres dos poden no haver acabat quan diu done.
for i in 1 2 3; do
    sleep 99999 &
    pids[i]=$!
    echo "$!"
done
kill "${pids[@]}"
wait $!
echo "done"
wait
exit 0
