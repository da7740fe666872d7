#!/bin/bash
# An assignment before a command holds for that command alone. The quotes keep the value as it is.
LAB_TOKEN=child LAB_EXTRA=1 env
echo "LAB_TOKEN=$LAB_TOKEN"
