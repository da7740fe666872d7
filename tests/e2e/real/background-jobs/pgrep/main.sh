# SPDX-License-Identifier: MIT
# By their parent, since they need not be sleep yet (plumbline: subject is time, here what a job is).
sleep 99999 & sleep 99999 & sleep 99999 &
pgrep -P $$
pkill -P $$
wait
echo done
