#!/bin/bash
# Three jobs, three names. The kill program and not the builtin; wait without a name waits for all.
sleep 99999 & first=$!
sleep 99999 & second=$!
sleep 99999 & third=$!
echo $first
echo $second
echo $third
{
    env kill -KILL $first $second $third
    wait
} 2> /dev/null # where Bash says "Killed"
echo done
