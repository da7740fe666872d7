#!/bin/bash
sleep 99999 &
P1=$!
sleep 99999 &
P2=$!
sleep 99999 &
P3=$!
echo -e "$P1\n$P2\n$P3"
kill $P1 $P2 $P3
echo done
wait
