#!/bin/bash
# By whose children they are. Not by name: a job may not have become sleep yet.
sleep 99999 & echo $!
sleep 99999 & echo $!
sleep 99999 & echo $!
pkill -P $$
wait
echo done
