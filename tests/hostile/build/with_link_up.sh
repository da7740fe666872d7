#!/bin/bash
# SPDX-License-Identifier: MIT
# Has a link that leads out of the submission and to the exercise. It is refused before anything of it is run.
if [ "$1" = calm ]; then echo calm; exit; fi
echo end
