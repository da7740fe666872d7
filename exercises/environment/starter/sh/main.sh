#!/bin/bash
# Starts env with a changed environment.
# 1. Run env, for which LAB_TOKEN is child and LAB_EXTRA is 1.
# 2. Print LAB_TOKEN= and your own value, which has not changed.
echo "not written yet" >&2
exit 1
