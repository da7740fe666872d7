#!/bin/bash
for i in 1 2 3; do
    sleep 99999 &
    echo $!
done
kill $!
wait
echo done
