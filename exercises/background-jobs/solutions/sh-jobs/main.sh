#!/bin/bash
# Job control knows the jobs itself: jobs -p lists their PIDs, and kill understands %1.
sleep 99999 &
sleep 99999 &
sleep 99999 &
jobs -p
kill %1 %2 %3
wait
echo done
