#!/bin/bash
sleep 99999 &
sleep 99999 &
sleep 99999 &
jobs -l
kill %1 %2 %3
wait
echo done
