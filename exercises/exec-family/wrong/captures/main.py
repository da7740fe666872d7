import subprocess
import sys

if len(sys.argv) < 3:
    print("us: main.py VARIANT PROGRAMA ARG...", file=sys.stderr)
    sys.exit(2)
variant = sys.argv[1]
if variant[:5] not in ("execl", "execv"):
    print("variant desconeguda", file=sys.stderr)
    sys.exit(2)
programa = sys.argv[2]
if "p" not in variant and "/" not in programa:
    programa = "./" + programa
env = {"LAB": "1"} if variant.endswith("e") else None
try:
    resultat = subprocess.run(sys.argv[2:], executable=programa, env=env, stdout=subprocess.PIPE, text=True)
    print(resultat.stdout)
except FileNotFoundError as e:
    print(e, file=sys.stderr)
    sys.exit(127)
except OSError as e:
    print(e, file=sys.stderr)
    sys.exit(126)
