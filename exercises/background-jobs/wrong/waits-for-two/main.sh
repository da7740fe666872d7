#!/bin/bash
# Espera els dos primers, diu done, i només després espera el tercer.
cd "$(dirname "$0")" || exit 1 # un fill que no hi té res a veure
sleep 99999 & a=$!
sleep 99999 & b=$!
sleep 99999 & c=$!
printf '%s\n' $a $b $c
kill $a $b $c
wait $a $b
echo "done"
wait $c
exit 0
