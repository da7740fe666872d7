#!/bin/bash
# SPDX-License-Identifier: MIT
# Does nothing wrong: what every grader must be able to grade after an attack.
if [ "$1" = calm ]; then echo calm; exit; fi
echo 42 > answer
echo end
