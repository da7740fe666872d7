#!/bin/bash
sleep 99999
echo $!
sleep 99999
echo $!
sleep 99999
echo $!
killall sleep
echo done
