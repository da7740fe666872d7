# SPDX-License-Identifier: MIT
"""The man page, the three completions and the program itself name the same commands and options."""

import os
import pathlib
import re
import subprocess
import unittest

INSTALL = pathlib.Path(__file__).resolve().parents[2] / "ci" / "install"
# The program that was built, where there is one.
PROGRAM = os.environ.get("PLUMBLINE")


def manual():
    return (INSTALL / "plumbline.1").read_text()


def section(name):
    return re.search(rf'^\.SH {name}\n(.*?)(?=^\.SH |\Z)', manual(), re.S | re.M).group(1)


def commands():
    return re.findall(r"^\.TP\n\.BI? (\w+)", section("COMMANDS"), re.M)


def options():
    found = re.findall(r"^\.TP\n\.BI? (\S+)", section("OPTIONS"), re.M)
    return [option.replace("\\-", "-") for option in found]


def completed(*words):
    """What bash offers for the last of `words`."""
    script = (
        'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1));'
        '_plumbline; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    run = subprocess.run(
        ["bash", "-c", script, "bash", INSTALL / "plumbline.bash", "plumbline", *words],
        capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"], "PLUMBLINE_EXERCISES": str(INSTALL.parents[1] / "exercises")})
    return run.stdout.split()


class Installed(unittest.TestCase):
    def test_manual_is_read_as_meant(self):
        self.assertEqual(len(commands()), 21)
        self.assertIn("--isolation", options())

    def test_zsh_and_fish_know_each_word(self):
        zsh = (INSTALL / "_plumbline").read_text()
        fish = (INSTALL / "plumbline.fish").read_text()
        for command in commands():
            self.assertRegex(zsh, rf"'{command}:", command)
            self.assertRegex(fish, rf"-n \$none -a {command} ", command)
        for option in options():
            self.assertRegex(zsh, rf"{option}\[", option)
            self.assertRegex(fish, rf"-l {option[2:]} ", option)

    def test_bash_offers_each_word(self):
        self.assertEqual(sorted(completed("")), sorted(commands()))
        self.assertEqual(sorted(completed("list", "-")), sorted(options()))
        self.assertIn("--watch", completed("check", "--"))
        self.assertEqual(completed("list", "--lang", ""), ["ca", "es", "en"])
        self.assertEqual(completed("-"), ["--help", "--version"])

    def test_bash_offers_exercises_then_files(self):
        self.assertEqual(completed("check", "pipe-ch"), ["pipe-chain"])
        self.assertIn("/etc/hosts", completed("check", "pipe-chain", "/etc/host"))

    def test_bash_offers_the_formats_of_a_report(self):
        self.assertIn("html", completed("report", ""))
        self.assertIn("--recordings", completed("report", "junit", "--"))

    def test_bash_leaves_the_traced_program_alone(self):
        self.assertEqual(completed("trace", "--", "c"), [])

    @unittest.skipUnless(PROGRAM, "the program is not part of this build")
    def test_program_agrees_with_the_manual(self):
        def told(*words):
            return subprocess.run([PROGRAM, *words], capture_output=True, text=True, check=True,
                                  stdin=subprocess.DEVNULL).stdout

        general = told("--help")
        for command in commands():
            self.assertRegex(general, rf"(?m)^\s+{command}\b")
        check = told("check", "--help")
        self.assertEqual(sorted(set(re.findall(r"(?<!\S)--[a-z-]+", check)) -
                         {"--watch", "--under", "--seed", "--scenario", "--runs", "--most-calls", "--keep-going",
                          "--student", "--gradebook", "--roster",
                          "--jobs"}),
                         sorted(options()))
        formats = re.search(r"^ *FORMAT (.*?)$", told("report", "--help"), re.M)[1]
        self.assertEqual(sorted(completed("report", "")), sorted(re.findall(r"[a-z0-9]+", formats)))


if __name__ == "__main__":
    unittest.main()
