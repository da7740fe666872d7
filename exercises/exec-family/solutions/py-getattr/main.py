"""The same by the names: the variant's own letters say what it wants."""
import errno
import os
import sys

VARIANTS = [f"exec{how}{search}{env}" for how in "lv" for search in ("", "p") for env in ("", "e")]

try:
    variant, program = sys.argv[1:3]
    arguments = sys.argv[2:]
    if variant not in VARIANTS:
        raise ValueError(variant)
except ValueError:
    sys.stderr.write("usage: main.py " + "|".join(VARIANTS) + " PROGRAM ARG...\n")
    sys.exit(2)
handed = list(arguments) if variant[4] == "l" else [arguments]
if variant.endswith("e"):
    handed.append({"LAB": "1"})
try:
    getattr(os, variant)(program, *handed)
except OSError as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(127 if error.errno == errno.ENOENT else 126)
