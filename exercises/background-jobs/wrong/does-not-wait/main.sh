#!/bin/bash
sleep 99999 &
a=$!
sleep 99999 &
b=$!
sleep 99999 &
c=$!
echo $a
echo $b
echo $c
kill $a $b $c
echo done
