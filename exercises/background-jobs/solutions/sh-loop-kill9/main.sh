#!/bin/bash
# One after the other, in functions, by SIGKILL and with the kill program instead of Bash's own.
start() {
    sleep 99999 > /dev/null &
    started="$started $!"
    echo "$!"
}

finish() {
    env kill -KILL "$1"
    wait "$1"
}

start
start
start
for pid in $started; do finish "$pid"; done 2> /dev/null # where Bash says "Killed"
echo done
exit
