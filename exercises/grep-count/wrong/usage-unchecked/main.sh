#!/bin/bash
grep "$1" "$2" | wc -l
