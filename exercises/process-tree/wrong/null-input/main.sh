#!/bin/bash
espera() { while read -r x; do :; done; wait; }

arrel=$BASHPID
echo "root pid $arrel ppid $PPID"
(
    a=$BASHPID
    echo "A pid $a ppid $arrel"
    (
        echo "C pid $BASHPID ppid $a"
        espera
    ) &
    espera
) &
(
    echo "B pid $BASHPID ppid $arrel"
    espera
) &
espera
