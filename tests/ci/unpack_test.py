# SPDX-License-Identifier: MIT
"""ci/unpack on machines that do not exist: apt-get and dpkg-deb are small scripts of ours."""

import pathlib
import shutil
import subprocess
import tempfile
import unittest

UNPACK = pathlib.Path(__file__).resolve().parents[2] / "ci" / "unpack"
# STALE: nothing is fetched before an update; OFFLINE: nor does that work.
APT = """echo "$2" >> "$LOG"
case $2 in
  download) if [ "$STALE" ] && [ ! -e "$LOG.updated" ]; then echo "E: not found"; exit 100; fi; echo > "$3"_1_all.deb ;;
  update) if [ "$OFFLINE" ]; then echo "E: could not resolve"; exit 100; fi; echo > "$LOG.updated" ;;
esac"""


class Unpack(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)
        self.log = self.folder / "log"
        (self.folder / "ci").mkdir()
        shutil.copy(UNPACK, self.folder / "ci" / "unpack")
        tools = self.folder / "tools"
        tools.mkdir()
        programs = {"apt-get": APT, "sudo": 'shift; exec "$@"', "dpkg-deb": 'mkdir usr; echo program > usr/inetd'}
        for name, text in programs.items():
            (tools / name).write_text("#!/bin/bash\n" + text + "\n")
            (tools / name).chmod(0o755)
        for name in ("bash", "dirname", "mkdir", "mv", "rm", "tail"):
            (tools / name).symlink_to(f"/bin/{name}")

    def unpack(self, **facts):
        return subprocess.run(["/bin/bash", self.folder / "ci" / "unpack", "inetd"], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL,
                              env={"PATH": str(self.folder / "tools"), "LOG": str(self.log), **facts})

    def unpacked(self):
        folder = self.folder / ".build" / "unpacked"
        return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())

    def calls(self):
        return self.log.read_text().split() if self.log.exists() else []

    def test_a_package_and_nothing_beside_it(self):
        done = self.unpack()
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        self.assertEqual(self.unpacked(), ["inetd/usr/inetd"])

    def test_silent_when_it_is_there(self):
        self.unpack()
        done = self.unpack()
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(self.calls(), ["download"])

    def test_stale_lists_are_fetched_again(self):
        self.assertEqual(self.unpack(STALE="1").stderr, "")
        self.assertEqual(self.calls(), ["download", "update", "download"])
        self.assertEqual(self.unpacked(), ["inetd/usr/inetd"])

    def test_tells_what_it_could_not_fetch(self):
        done = self.unpack(STALE="1", OFFLINE="1")
        self.assertEqual(done.returncode, 0)
        self.assertIn("cannot fetch inetd\nE: not found\nE: could not resolve", done.stderr)
        self.assertEqual(self.unpacked(), [])

    def test_leaves_it_to_who_brings_the_tools(self):
        self.unpack(PLUMBLINE_SETUP="skip")
        self.assertEqual(self.calls(), [])


if __name__ == "__main__":
    unittest.main()
