# SPDX-License-Identifier: MIT
"""ci/closing_lines.py: a test skipped for want of a facility fails in CI, and ctest has the last word."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "ci" / "closing_lines.py"
CTEST = "1/2 Test #1: a ... Passed\n\n100% tests passed, 0 tests failed out of 2\n\nTotal Test time = 1\n"
REPORT = """<testsuite><testcase name="a" status="run"><system-out>needs: care</system-out></testcase>
<testcase name="b" status="notrun"><skipped message="x"/><system-out>b_test.cc:5: Skipped
{said}</system-out></testcase></testsuite>"""


FAILED = """<testsuite><testcase name="{name}" status="fail"><failure message=""/><system-out>{said}</system-out>
</testcase><testcase name="good" status="run"><system-out>a_test.cc:1: Failure</system-out></testcase></testsuite>"""


def run(said, ci, report_of=REPORT, name="c"):
    with tempfile.NamedTemporaryFile("w", suffix=".xml") as report:
        report.write(report_of.format(said=said, name=name))
        report.flush()
        environment = {"PATH": os.environ["PATH"], "CI": "true" if ci else ""}
        return subprocess.run([sys.executable, "-B", SCRIPT, report.name], input=CTEST, text=True,
                              capture_output=True, env=environment)


class ClosingLines(unittest.TestCase):
    def test_a_want_is_a_failure_in_ci(self):
        done = run("needs: user namespaces", ci=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("not run: b: needs: user namespaces\n", done.stdout)
        self.assertTrue(done.stdout.endswith("Total Test time = 1\n"))

    def test_a_want_is_told_at_home(self):
        done = run("needs: user namespaces", ci=False)
        self.assertEqual(done.returncode, 0)
        self.assertIn("skipped: b: needs: user namespaces\n", done.stdout)

    def test_another_skip_is_nobodys_business(self):
        done = run("a matter of the architecture", ci=True)
        self.assertEqual((done.returncode, done.stdout), (0, CTEST))

    def test_what_failed_says_why_again_before_the_end(self):
        done = run("[ RUN ] Pipes.Hold\n/src/pipes_test.cc:7: Failure\nValue of: x\n", ci=True, report_of=FAILED)
        self.assertEqual(done.returncode, 0)  # ctest's own status says it
        self.assertIn("failed: c\n  /src/pipes_test.cc:7: Failure\n  Value of: x\n100% tests passed", done.stdout)
        self.assertNotIn("a_test.cc", done.stdout)

    def test_a_failure_of_any_kind_shows_its_last_lines(self):
        done = run("\n".join(f"line {n}" for n in range(100)), ci=True, report_of=FAILED)
        self.assertIn("failed: c\n  line 88\n", done.stdout)
        self.assertNotIn("line 87\n", done.stdout)
        self.assertIn("failed: c\n  (it said nothing)\n", run("", ci=True, report_of=FAILED).stdout)

    def test_no_report_no_complaint(self):
        done = subprocess.run([sys.executable, "-B", SCRIPT, "/dev/null/no-report.xml"], input=CTEST, text=True,
                              capture_output=True)
        self.assertEqual((done.returncode, done.stdout), (0, CTEST))


if __name__ == "__main__":
    unittest.main()
