#!/bin/bash
# SPDX-License-Identifier: MIT
# Has a name that is not UTF-8. It is refused before anything of it is run.
if [ "$1" = calm ]; then echo calm; exit; fi
echo end
