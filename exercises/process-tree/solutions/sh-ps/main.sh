#!/bin/bash
# Each asks ps who its parent is, and a FIFO tells all when to end: helpers that come and go, before and after A and B.

exec 3<&0 # a job in the background gets /dev/null as its input
mkfifo "gate.$$" && exec 4<> "gate.$$" && rm "gate.$$"

say() { # NAME
    local me=$BASHPID parent
    parent=$(ps -o ppid= -p "$me")
    echo "$1 pid $me ppid $((parent))" # ps writes blanks before the number
}

a() {
    say A
    c &
    read -r -u 4
    wait
}
b() {
    say B
    read -r -u 4
}
c() {
    say C
    read -r -u 4
}

say root
a &
b &
cat <&3 > /dev/null
printf '\n\n\n' >&4 # a line for each of them
wait
