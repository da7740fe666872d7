#!/bin/bash
sleep 99999 & a=$!
sleep 99999 & b=$!
sleep 99999 & c=$!
for p in $c $b $a; do echo $p; done
kill $a $b $c
wait
echo done
