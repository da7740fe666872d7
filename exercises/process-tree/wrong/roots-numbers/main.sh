#!/bin/bash
exec 3<&0
stay() { while read -r x; do :; done <&3; wait; }

echo "root pid $$ ppid $PPID"
(
    echo "A pid $$ ppid $PPID"
    (
        echo "C pid $$ ppid $PPID"
        stay
    ) &
    stay
) &
(
    echo "B pid $$ ppid $PPID"
    stay
) &
stay
