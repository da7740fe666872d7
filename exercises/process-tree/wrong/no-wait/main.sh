#!/bin/bash
exec 3<&0
espera() { cat <&3 > /dev/null; }

arrel=$BASHPID
echo "root pid $arrel ppid $PPID"
(
    a=$BASHPID
    echo "A pid $a ppid $arrel"
    (
        echo "C pid $BASHPID ppid $a"
        exec sleep 1000
    ) &
    espera
) &
(
    echo "B pid $BASHPID ppid $arrel"
    espera
) &
espera
wait
