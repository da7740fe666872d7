# SPDX-License-Identifier: MIT
"""ci/layering.py rejects a tree that breaks any one of its rules, and accepts one that breaks none."""

import importlib.util
import pathlib
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SPDX = "// SPDX-License-Identifier: MIT\n"


def load():
    spec = importlib.util.spec_from_file_location("layering", ROOT / "ci" / "layering.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


layering = load()


class Layering(unittest.TestCase):
    def complaints(self, files):
        """What is said about a tree of `files`, path -> text."""
        with tempfile.TemporaryDirectory() as root:
            for path, text in files.items():
                file = pathlib.Path(root, path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(text if isinstance(text, bytes) else text.encode())
            return [f"{path}:{line}: {what}" for path, line, what in layering.complaints(root)]

    def accepts(self, path, text):
        self.assertEqual(self.complaints({path: SPDX + text}), [])

    def rejects(self, path, text, why):
        found = self.complaints({path: SPDX + text})
        self.assertEqual(len(found), 1, found)
        self.assertIn(why, found[0])
        self.assertTrue(found[0].startswith(path + ":"), found[0])

    def test_a_stage_may_include_itself_and_what_stands_left_of_it(self):
        for path, target in [
            ("src/spec/a.cc", "base/error.h"),
            ("src/record/a.cc", "record/event.h"),
            ("src/build/a.cc", "sandbox/sandbox.h"),
            ("src/trace/a.cc", "record/event.h"),
            ("src/scenario/a.cc", "trace/stops.h"),
            ("src/scenario/a.cc", "sandbox/pool.h"),
            ("src/evaluate/a.cc", "record/recording.h"),
            ("src/report/a.cc", "evaluate/grade.h"),
            ("src/report/a.cc", "spec/values.h"),
            ("src/gradebook/a.cc", "evaluate/grade.h"),
            ("src/cli/a.cc", "scenario/run.h"),
            ("src/cli/a.cc", "graders/builtin.h"),
            ("graders/fds/a.cc", "graders/fds/a.h"),
            ("graders/fds/a.cc", "evaluate/scene.h"),
            ("graders/builtin.cc", "graders/fds/checks.h"),
        ]:
            with self.subTest(path=path, target=target):
                self.accepts(path, f'#include "{target}"\n')

    def test_a_stage_may_not_include_what_stands_right_or_aside(self):
        for path, target in [
            ("src/base/a.cc", "spec/values.h"),
            ("src/spec/a.cc", "record/event.h"),
            ("src/record/a.h", "spec/values.h"),
            ("src/sandbox/a.cc", "record/event.h"),
            ("src/sandbox/a.cc", "trace/stops.h"),
            ("src/build/a.cc", "trace/stops.h"),
            ("src/trace/a.cc", "build/build.h"),
            ("src/trace/a.cc", "spec/values.h"),
            ("src/scenario/a.cc", "evaluate/grade.h"),
            ("src/evaluate/a.cc", "report/report.h"),
            ("src/evaluate/a.cc", "sandbox/sandbox.h"),
            ("src/report/a.cc", "scenario/run.h"),
            ("src/report/a.cc", "gradebook/book.h"),
            ("src/gradebook/a.cc", "trace/stops.h"),
            ("src/report/a.cc", "graders/builtin.h"),
            ("graders/fds/a.cc", "sandbox/sandbox.h"),
            ("graders/fds/a.cc", "trace/stops.h"),
            ("graders/fds/a.cc", "scenario/run.h"),
            ("graders/fds/a.cc", "cli/main.h"),
        ]:
            with self.subTest(path=path, target=target):
                self.rejects(path, f'#include "{target}"\n', "may not include")

    def test_graders_do_not_include_each_other(self):
        self.rejects("graders/fds/a.cc", '#include "graders/pipes/b.h"\n', "another topic")

    def test_cli_knows_graders_through_their_list_only(self):
        self.rejects("src/cli/a.cc", '#include "graders/fds/checks.h"\n', "builtin.h")

    def test_includes_name_their_folder(self):
        self.rejects("src/base/a.cc", '#include "error.h"\n', "whole path")
        self.rejects("src/base/a.cc", '#include "../base/error.h"\n', "whole path")

    def test_libraries_stay_where_they_belong(self):
        self.accepts("src/spec/a.cc", "#include <yaml-cpp/yaml.h>\n")
        self.rejects("src/cli/a.cc", "#include <yaml-cpp/yaml.h>\n", "only src/spec")
        self.rejects("graders/fds/a.cc", "#include <yaml-cpp/yaml.h>\n", "only src/spec")
        self.accepts("src/cli/a.cc", "#include <CLI/CLI.hpp>\n")
        self.rejects("src/report/a.cc", "#include <CLI/CLI.hpp>\n", "only src/cli")

    def test_few_units_pay_for_boost_process(self):
        unit = SPDX + "#include <boost/process/v2.hpp>\n"
        two = {"src/cli/a.cc": unit, "src/cli/b.cc": unit}
        self.assertEqual(self.complaints(two), [])
        found = self.complaints(two | {"src/cli/c.cc": unit})
        self.assertEqual(len(found), 1)
        self.assertIn("boost/process", found[0])

    def test_nobody_sleeps(self):
        for path, text in [
            ("src/base/a.cc", "std::this_thread::sleep_for(x);\n"),
            ("src/base/a.cc", "std::this_thread::sleep_until(x);\n"),
            ("graders/fds/a.cc", "usleep(10);\n"),
            ("tests/base/a_test.cc", "::nanosleep(&t, nullptr);\n"),
            ("tests/tracees/a.c", "sleep(1);\n"),
            ("tests/e2e/a.js", "await sleep(5);\n"),
            ("tests/e2e/a.js", "await new Promise(done => setTimeout(done, 5));\n"),
        ]:
            with self.subTest(path=path, text=text):
                self.rejects(path, text, "sleeping")
        for path, text in [
            ("tests/e2e/a.py", "time.sleep(1)\n"),
            ("tests/e2e/b.sh", "start & sleep 1\n"),
            ("tests/e2e/c.sh", "while :; do sleep 0.1; done\n"),
        ]:
            with self.subTest(path=path, text=text):
                found = self.complaints({path: "# SPDX-License-Identifier: MIT\n" + text})
                self.assertEqual(len(found), 1, found)
                self.assertIn("sleeping", found[0])

    def test_words_about_sleep_are_no_sleep(self):
        self.accepts("src/base/a.cc", 'Row(SYS_nanosleep, "sleep(3)");  // sleep(2) here\nint k = 1\'000;\n')
        self.accepts("tests/spec/a_test.cc", 'R"(\nsleep(1)\n)";\n')

    def test_a_watched_program_may_be_about_time(self):
        text = "// plumbline: subject is time\nint main(void) { sleep(3600); }\n"
        self.accepts("tests/tracees/sleeper.c", text)
        self.rejects("tests/base/a_test.cc", text, "sleeping")

    def test_every_source_has_a_licence(self):
        for path, text in [
            ("src/base/a.cc", "int x;\n"),
            ("src/CMakeLists.txt", "add_subdirectory(base)\n"),
            ("ci/a", "#!/bin/bash\n"),
            ("tests/e2e/a.py", "pass\n"),
        ]:
            with self.subTest(path=path):
                found = self.complaints({path: text})
                self.assertEqual(len(found), 1, found)
                self.assertIn("SPDX", found[0])
        self.assertEqual(self.complaints({"tests/golden/a.txt": "x\n", "src/README.md": "x\n"}), [])

    def test_nothing_is_unfinished(self):
        self.rejects("src/base/a.cc", "// TO" + "DO: later\n", "unfinished")
        self.rejects("src/base/a.cc", "// FIX" + "ME\n", "unfinished")
        self.accepts("src/base/a.cc", 'mkstemp("x.XXXXXX");\n')

    def test_binary_files_are_left_alone(self):
        self.assertEqual(self.complaints({"tests/fuzz/corpus/a.c": b"\0sleep(1)"}), [])

    def test_the_top_level_is_fixed(self):
        found = self.complaints({"docs/a.md": "x\n"})
        self.assertEqual(len(found), 1)
        self.assertIn("top level", found[0])
        self.assertEqual(self.complaints({".clang-tidy": "x\n", "LICENSE": "x\n"}), [])


if __name__ == "__main__":
    unittest.main()
