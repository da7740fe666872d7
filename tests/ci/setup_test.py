# SPDX-License-Identifier: MIT
"""ci/setup on machines that do not exist: every tool that it calls is a small script of ours."""

import os
import pathlib
import subprocess
import tempfile
import unittest

SETUP = pathlib.Path(__file__).resolve().parents[2] / "ci" / "setup"
QUERY = """for name; do
  case $name in
    -*) ;;
    *) case " $ABSENT " in *" $name "*) ;; *) echo "installed $name" ;; esac ;;
  esac
done"""
# STALE: nothing installs before an update; OFFLINE: nor does that work.
APT = """for word; do case $word in install | update) what=$word ;; esac; done
echo "$@" >> "$LOG"
if [ "$what" = install ] && [ ! -e "$LOG.updated" ] && [ "$STALE" ]; then echo "E: no such file"; exit 100; fi
if [ "$what" = update ]; then
  if [ "$OFFLINE" ]; then echo "E: could not resolve"; exit 100; fi
  touch "$LOG.updated"
fi"""


class Machine:
    """A PATH with stand-ins for Debian's tools."""

    def __init__(self, folder, debian=True, **facts):
        self.log = pathlib.Path(folder, "log")
        programs = {"apt-get": APT, "sudo": 'if [ "$1" = -n ]; then exit 0; fi; exec "$@"',
                    "node": "echo v20.1.0", "npm": ":", "tee": "cat >/dev/null", "chmod": ":",
                    "systemctl": ":", "update-rc.d": ":"}
        if debian:
            programs["dpkg-query"] = QUERY
        for name, text in programs.items():
            file = pathlib.Path(folder, name)
            file.write_text("#!/bin/bash\n" + text + "\n")
            file.chmod(0o755)
        for name in ("bash", "sort", "mktemp", "tail", "env", "rm", "cat", "touch"):
            pathlib.Path(folder, name).symlink_to(f"/bin/{name}")
        self.environment = {"PATH": folder, "LOG": str(self.log), **facts}

    def setup(self, *arguments):
        return subprocess.run(["/bin/bash", SETUP, *arguments], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, env=self.environment)

    def calls(self):
        return self.log.read_text().splitlines() if self.log.exists() else []


class Setup(unittest.TestCase):
    def machine(self, **facts):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        return Machine(folder.name, **facts)

    def test_silent_when_nothing_is_missing(self):
        machine = self.machine()
        done = machine.setup()
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        self.assertEqual(machine.calls(), [])

    def test_installs_only_what_is_missing(self):
        machine = self.machine(ABSENT="socat lsof")
        done = machine.setup("--for", "run")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("installing 2 packages: lsof socat", done.stderr)
        self.assertEqual(len(machine.calls()), 1)
        self.assertTrue(machine.calls()[0].endswith("install --no-install-recommends --no-remove lsof socat"))

    def test_to_run_is_less_than_to_test(self):
        machine = self.machine(ABSENT="libgtest-dev clang-19")
        self.assertEqual(machine.setup("--for", "run").stderr, "")
        self.assertIn("1 packages: libgtest-dev", machine.setup("--for", "test").stderr)
        self.assertIn("2 packages: clang-19 libgtest-dev", machine.setup("--for", "tidy").stderr)

    def test_stale_lists_are_fetched_again(self):
        machine = self.machine(ABSENT="socat", STALE="1")
        done = machine.setup()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual([("update" in call) for call in machine.calls()], [False, True, False])

    def test_says_that_the_machine_is_offline(self):
        done = self.machine(ABSENT="socat", STALE="1", OFFLINE="1").setup()
        self.assertEqual(done.returncode, 3)
        self.assertIn("is this machine online? Missing: socat", done.stderr)
        self.assertIn("could not resolve", done.stderr)

    def test_says_what_to_do_elsewhere_than_on_debian(self):
        done = self.machine(debian=False).setup("--for", "run")
        self.assertEqual(done.returncode, 3)
        self.assertIn("PLUMBLINE_SETUP=skip", done.stderr)
        self.assertEqual(self.machine(debian=False, PLUMBLINE_SETUP="skip").setup().returncode, 0)

    def test_old_node_is_not_enough(self):
        machine = self.machine()
        pathlib.Path(machine.environment["PATH"], "node").write_text("#!/bin/bash\necho v16.0.0\n")
        self.assertIn("nodejs", machine.setup("--list").stdout.split())
        self.assertNotIn("nodejs", self.machine().setup("--list").stdout.split())

    def test_refuses_what_it_does_not_know(self):
        self.assertEqual(self.machine().setup("--for", "fun").returncode, 2)
        self.assertEqual(self.machine().setup("--fast").returncode, 2)


@unittest.skipIf(os.geteuid() != 0, "an account without rights is made by root")
class WithoutRights(unittest.TestCase):
    """The same machine for nobody, where sudo is missing."""

    def test_says_what_root_must_do(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        machine = Machine(holder.name, ABSENT="socat")
        folder = pathlib.Path(machine.environment["PATH"])
        folder.chmod(0o755)
        (folder / "sudo").unlink()
        script = SETUP.read_text()
        done = subprocess.run(["/bin/bash", "-s"], input=script, capture_output=True, text=True,
                              env=machine.environment, user=65534, group=65534, cwd="/")
        self.assertEqual(done.returncode, 3)
        self.assertIn("As root: apt-get install socat", done.stderr)


if __name__ == "__main__":
    unittest.main()
