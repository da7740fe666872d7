#!/bin/bash
# SPDX-License-Identifier: MIT
# Leaves all that a program can leave: daemons in sessions of their own, files, shared memory, objects, a stopped child; then
# computes for a while, so that there is a while in which its grader can be killed.
if [ "$1" = calm ]; then echo calm; exit; fi
for i in 1 2 3; do setsid tail -f /dev/null & done
bash -c 'kill -STOP $$' &
echo x > file; echo x > /tmp/file; echo x > /dev/shm/object
ipcmk -M 1M -S 3 -Q > /dev/null
mkfifo pipe; cat pipe &
for ((i = 0; i < 20000; ++i)); do :; done
echo end
