#!/bin/bash
LAB_TOKEN=child LAB_EXTRA=1 env &
echo "LAB_TOKEN=$LAB_TOKEN"
wait
