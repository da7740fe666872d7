#!/bin/bash
export LAB_TOKEN=child
export LAB_EXTRA=1
env
echo "LAB_TOKEN=$LAB_TOKEN"
