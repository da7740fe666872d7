#!/bin/bash
# SPDX-License-Identifier: MIT
# Leaves what the grader's own programs might take up when they run: libraries to preload, start files of interpreters, commands
# under known names first in a PATH.
if [ "$1" = calm ]; then echo calm; exit; fi
for name in sitecustomize.py usercustomize.py .bashrc .profile .bash_profile .pythonrc ld.so.preload; do
  printf 'import os\nos.system("echo x >> %s")\n' "$2" > "/lab/$name"
done
mkdir -p /lab/bin
for name in gcc python3 bash sh ls true; do
  printf '#!/bin/sh\necho x >> %s\n' "$2" > "/lab/bin/$name"; chmod 755 "/lab/bin/$name"
done
echo /lab/x.so > /etc/ld.so.preload 2>/dev/null || echo "preload: refused"
export LD_PRELOAD=/lab/x.so PYTHONSTARTUP=/lab/sitecustomize.py BASH_ENV=/lab/.bashrc PATH=/lab/bin:$PATH
echo end
