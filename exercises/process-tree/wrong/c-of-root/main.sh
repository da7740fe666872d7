#!/bin/bash
# C és fill de l'arrel i no pas d'A.
exec 3<&0

diu() {
    local jo=$BASHPID pare
    pare=$(ps -o ppid= -p "$jo")
    echo "$1 pid $jo ppid $((pare))"
}
viu() {
    diu "$1"
    cat <&3 > /dev/null
}

diu root
viu A &
viu B &
viu C &
cat <&3 > /dev/null
wait
