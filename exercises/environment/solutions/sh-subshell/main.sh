#!/bin/bash
# ( ) is a child of its own: what it exports is gone with it.
(
    export LAB_TOKEN=child LAB_EXTRA=1
    exec env
)
printf 'LAB_TOKEN=%s\n' "$LAB_TOKEN"
