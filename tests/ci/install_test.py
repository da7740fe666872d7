# SPDX-License-Identifier: MIT
"""The man page, the three completions and the program itself name the same commands and options."""

import os
import pathlib
import re
import shlex
import shutil
import subprocess
import tempfile
import unittest

INSTALL = pathlib.Path(__file__).resolve().parents[2] / "ci" / "install"
EXERCISES = INSTALL.parents[1] / "exercises"
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
        env={"PATH": os.environ["PATH"], "PLUMBLINE_EXERCISES": str(EXERCISES)})
    return run.stdout.split()


def answers(command, more=()):
    """What a shell's script says of each line, as lists of words."""
    with tempfile.TemporaryDirectory() as home:
        run = subprocess.run(
            command, capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL, timeout=60,
            env={"PATH": os.environ["PATH"], "HOME": home, "TERM": "dumb", "PLUMBLINE_EXERCISES": str(EXERCISES),
                 **dict(more)})
    return [line.split() for line in run.stdout.splitlines()]


def in_bash(*lines):
    # Its own words end at an equals sign.
    return [completed(*line.replace("=", " = ").split(" ")[1:]) for line in lines]


def in_zsh(*lines, more=()):
    script = pathlib.Path(__file__).with_name("offered.zsh")
    return answers(["zsh", "-f", script, INSTALL, *lines], more)


def in_fish(*lines, more=()):
    # By itself it reads the file as soon as the program is installed.
    script = (f"source {shlex.quote(str(INSTALL / 'plumbline.fish'))}; for line in $argv;"
              " echo (complete -C $line | string replace -r '\\t.*' ''); end")
    return answers(["fish", "--no-config", "-c", script, *lines], more)


def shells():
    """By name, what each shell that is here offers for lines of words."""
    here = {"bash": in_bash}
    if shutil.which("zsh"):
        here["zsh"] = in_zsh
    if shutil.which("fish"):
        here["fish"] = in_fish
    return here


def installed_tree(folder):
    """As cmake --install makes it, with one exercise."""
    program = pathlib.Path(folder, "bin", "plumbline")
    exercise = pathlib.Path(folder, "share", "plumbline", "exercises", "own", "exercise.yaml")
    for file in (program, exercise):
        file.parent.mkdir(parents=True)
        file.write_text("#!/bin/sh\n")
        file.chmod(0o755)
    return {"PATH": f"{program.parent}:{os.environ['PATH']}", "PLUMBLINE_EXERCISES": ""}


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
            self.assertRegex(zsh, rf"{option}=?\[", option)
            self.assertRegex(fish, rf"-l {option[2:]} ", option)

    @unittest.skipUnless(len(shells()) == 3, "needs: zsh, fish")
    def test_zsh_and_fish_offer_what_bash_does(self):
        lines = ["plumbline ", "plumbline gr", "plumbline -", "plumbline check --", "plumbline export --",
                 "plumbline list --lang ", "plumbline check --under ", "plumbline trace --under ",
                 "plumbline check pipe-ch", "plumbline check --watch pipe-ch", "plumbline check pipe-chain /etc/ho",
                 "plumbline grade --exercise pi", "plumbline report ht", "plumbline report gradescope pi",
                 "plumbline package ", "plumbline package gradescope pipe-", "plumbline lint pipex pip",
                 "plumbline gradebook --state ", "plumbline check --language=c --watch pipe-chain /etc/ho"]
        wanted = [self.in_short(offered) for offered in in_bash(*lines)]
        for shell in (in_zsh, in_fish):
            for line, offered, words in zip(lines, shell(*lines), wanted, strict=True):
                self.assertEqual(self.in_short(offered), words, (shell.__name__, line))

    @staticmethod
    def in_short(offered):
        """Without what differs from shell to shell: folders of a path, short options, order."""
        return sorted({word.rsplit("/", 1)[-1] for word in offered if not re.fullmatch("-[a-z]", word)})

    @unittest.skipUnless(len(shells()) == 3, "needs: zsh, fish")
    def test_zsh_and_fish_look_behind_an_equals_sign(self):
        lines = ["plumbline check --lang=", "plumbline check --report html=/etc/host"]
        for shell in (in_zsh, in_fish):
            languages, files = shell(*lines)
            self.assertEqual(sorted(word[-2:] for word in languages), ["ca", "en", "es"])
            self.assertIn("hosts", [word.rsplit("/", 1)[-1] for word in files])

    @unittest.skipUnless(len(shells()) == 3, "needs: zsh, fish")
    def test_zsh_and_fish_complete_the_traced_program_as_itself(self):
        for shell in (in_zsh, in_fish):
            program, files, none = shell(
                "plumbline trace -- plumb", "plumbline trace -o x -- cat /etc/host", "plumbline trace -- cat --lan",
                more=installed_tree(self.folder()))
            self.assertEqual(program[:1], ["plumbline"], shell.__name__)
            self.assertIn("hosts", [word.rsplit("/", 1)[-1] for word in files])
            self.assertNotIn("--lang", none)

    @unittest.skipUnless(len(shells()) == 3, "needs: zsh, fish")
    def test_exercises_are_those_that_came_with_the_program(self):
        for shell in (in_zsh, in_fish):
            self.assertEqual(shell("plumbline show o", more=installed_tree(self.folder())), [["own"]])

    def folder(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        return folder.name

    def test_bash_offers_each_word(self):
        self.assertEqual(sorted(completed("")), sorted(commands()))
        self.assertLessEqual(set(options()), set(completed("check", "-")))
        self.assertIn("--watch", completed("check", "--"))
        self.assertEqual(completed("schema", "-"), ["--help"])
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

    @unittest.skipUnless(PROGRAM, "the program is not part of this build")
    def test_each_shell_offers_the_options_that_a_command_takes(self):
        wanted = {}
        for command in commands():
            told = subprocess.run([PROGRAM, command, "--help"], capture_output=True, text=True, check=True,
                                  stdin=subprocess.DEVNULL).stdout
            wanted[command] = sorted(set(re.findall(r"(?m)^ +(?:-\w,)?(--[a-z-]+)", told)))
        for name, offered in shells().items():
            lines = [f"plumbline {command} --" for command in wanted]
            for command, words in zip(wanted, offered(*lines), strict=True):
                self.assertEqual(sorted(word for word in words if word != "--"), wanted[command], (name, command))


if __name__ == "__main__":
    unittest.main()
