#!/bin/bash
kill -s "$1" "$2"
