#!/bin/bash
# root has two children, A and B; A has one, C. $$ and $PPID are those of root in every subshell: $BASHPID tells the truth.

exec 3<&0 # a job in the background gets /dev/null as its input: descriptor 3 stays what 0 was

stay() { while read -r _ <&3; do :; done; }

root=$BASHPID
echo "root pid $root ppid $PPID"
(
    A=$BASHPID
    echo "A pid $A ppid $root"
    (
        echo "C pid $BASHPID ppid $A"
        stay
    ) &
    stay
    wait
) &
(
    echo "B pid $BASHPID ppid $root"
    stay
) &
stay
wait
