#!/bin/bash
sleep 99999 & a=$!
sleep 99999 & b=$!
sleep 99999 & c=$!
printf "%d\n" $a $b $c
kill -HUP $a $b $c
wait
echo done
