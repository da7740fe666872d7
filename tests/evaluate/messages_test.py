#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""ci/messages must refuse what it is there to refuse: tried on a small tree of its own."""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(sys.argv.pop(1))
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
SOURCE = '''// Msg("in a comment")
auto a = Msg("one "
             "{who} \\"x\\"\\n", {{"who", 1}});
const char* url = "http://x";  // not a comment inside a string
auto b = Msg("two");
auto c = Msg("{name}");
'''
GOOD = 'msgid "one {who} \\"x\\"\\n"\nmsgstr "un {who} \\"x\\"\\n"\n\nmsgid "two"\nmsgstr "dos"\n'


class Messages(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        for name in ("ci", "src/evaluate/po", "graders"):
            (self.root / name).mkdir(parents=True)
        shutil.copy(SCRIPT, self.root / "ci/messages")
        self.source(SOURCE)
        self.catalogue("ca", GOOD)
        self.catalogue("es", GOOD)

    def source(self, text):
        (self.root / "graders/a.cc").write_text(text)

    def catalogue(self, language, entries, head=HEAD):
        (self.root / f"src/evaluate/po/{language}.po").write_text(head + entries)

    def run_it(self, *arguments):
        done = subprocess.run([sys.executable, self.root / "ci/messages", *arguments], capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    def refused(self, words):
        status, said = self.run_it()
        self.assertEqual(status, 1, said)
        self.assertIn(words, said)

    def test_accepts_complete_catalogues(self):
        self.assertEqual(self.run_it(), (0, "2 sentences, each in ca and es\n"))

    def test_refuses_missing(self):
        self.catalogue("ca", GOOD.split("\n\n")[0] + "\n")
        self.refused("ca.po: missing: two  (graders/a.cc:5)")

    def test_refuses_unused(self):
        self.catalogue("es", GOOD + '\nmsgid "three"\nmsgstr "tres"\n')
        self.refused("unused: three")

    def test_refuses_untranslated_and_fuzzy(self):
        self.catalogue("es", GOOD.replace('"dos"', '""'))
        self.refused("not translated: two")
        self.catalogue("es", GOOD.replace('msgid "two"', '#, fuzzy\nmsgid "two"'))
        self.refused("fuzzy: two")

    def test_refuses_twice(self):
        self.catalogue("es", GOOD + '\nmsgid "two"\nmsgstr "dos"\n')
        self.refused("twice: two")

    def test_refuses_other_placeholders(self):
        self.catalogue("es", GOOD.replace("un {who}", "un {quien}"))
        self.refused("other placeholders")

    def test_refuses_a_sentence_that_is_no_literal(self):
        self.source(SOURCE + "auto d = Msg(words);\n")
        self.refused("graders/a.cc:7: Msg( needs a string literal")

    def test_refuses_what_is_no_catalogue(self):
        self.catalogue("es", "", head='msgid "two"\nmsgstr "dos"\n')
        self.refused("begins without a head")
        self.catalogue("es", "nonsense\n")
        self.refused("not understood: nonsense")

    def test_writes_in_order_what_it_then_only_lacks_words_for(self):
        self.catalogue("ca", 'msgid "two"\nmsgstr "dos"\n\nmsgid "old"\nmsgstr "vell"\n')
        self.assertEqual(self.run_it("--write")[0], 0)
        text = (self.root / "src/evaluate/po/ca.po").read_text()
        self.assertLess(text.index("one {who}"), text.index('"two"'))
        self.assertNotIn("old", text)
        self.refused("not translated: one")

    def test_explains_itself(self):
        self.assertIn("--write", self.run_it("--help")[1])


if __name__ == "__main__":
    unittest.main()
