#!/bin/bash
for i in 1 2 3; do
    sleep 99999 &
    p=$!
    echo $p
    kill $p
    wait $p
done
echo done
exit 0
