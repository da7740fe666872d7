#!/bin/bash
# With set -m each job has a process group of its own, and its number is that of the job.
set -m
groups=
for i in {1..3}; do
    sleep 99999 &
    echo $!
    groups+=" -$!"
done
kill -TERM -- $groups
wait
echo "done"
exit 0
