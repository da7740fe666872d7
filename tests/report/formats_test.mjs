// SPDX-License-Identifier: MIT
// Reports as the parsers of others read them: TAP, JUnit XML, Markdown.
//
//     node formats_test.mjs FOLDER_OF_GOLDEN_FILES FOLDER_OF_NODE_MODULES
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { join, resolve } from 'node:path';
import test from 'node:test';

const [folder, modules] = process.argv.slice(2);
if (!existsSync(join(modules, 'tap-parser'))) {
  console.log('needs: the packages of tests/npm');
  process.exit(0);
}
const require = createRequire(join(resolve(modules), 'index.js'));
const { Parser } = require('tap-parser');
// A module of the new kind, which Node before 20.19 does not require().
const { parse: parseJunit } = await import(pathToFileURL(require.resolve('junit2json')));
const MarkdownIt = require('markdown-it');

// Name and text of each report with this ending.
function reports(ending) {
  const names = readdirSync(folder).filter((name) => name.endsWith(ending));
  assert.ok(names.length >= 7, `too few reports in ${folder}`);
  return names.map((name) => [name.slice(0, -ending.length), readFileSync(join(folder, name), 'utf8')]);
}

function grade(name) {
  try {
    return JSON.parse(readFileSync(join(folder, '..', `${name}.json`), 'utf8'));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return null;
  }
}

const build = (document) => (document.build.ok ? 0 : 1);
const count = (document, verdicts) =>
  document.checks.filter((check) => verdicts.includes(check.verdict)).length;

test('TAP is taken by a strict parser', () => {
  for (const [name, text] of reports('.tap')) {
    const parser = new Parser({ strict: true });
    const extra = [];
    parser.on('extra', (line) => extra.push(line));
    parser.on('bailout', (reason) => assert.fail(`${name}: ${reason}`));
    parser.end(text);
    const results = parser.results;
    assert.deepEqual(extra, [], name);
    assert.deepEqual(results.failures.filter((failure) => failure.tapError), [], name);
    const document = grade(name);
    if (!document) {
      assert.deepEqual([results.count, results.pass, results.fail, results.skip], [4, 2, 2, 1]);
      continue;
    }
    assert.equal(results.count, document.checks.length + build(document), name);
    assert.equal(results.fail, count(document, ['failed', 'error']) + build(document), name);
    assert.equal(results.skip, count(document, ['not-reached']), name);
    for (const failure of results.failures) assert.ok(failure.diag.message, name);
  }
});

test('JUnit XML is read as it is meant', async () => {
  for (const [name, text] of reports('.junit.xml')) {
    const [suite] = (await parseJunit(text)).testsuite;
    const document = grade(name);
    if (!document) continue;
    assert.equal(suite.testcase.length, document.checks.length + build(document), name);
    assert.equal(suite.testcase.filter((one) => one.failure).length,
      count(document, ['failed']) + build(document), name);
    assert.equal(suite.testcase.filter((one) => one.error).length, count(document, ['error']), name);
    assert.equal(suite.testcase.filter((one) => one.skipped).length, count(document, ['not-reached']), name);
  }
});

// What a page may be made of: nothing of a submission's is markup.
const OURS = new Set(['h2', 'h3', 'p', 'strong', 'pre', 'code', 'table', 'thead', 'tbody', 'tr', 'th', 'td']);

test('Markdown has no markup but ours', () => {
  const reader = new MarkdownIt({ html: true, linkify: true, typographer: false });
  for (const [name, text] of reports('.md')) {
    const page = reader.render(text);
    for (const [, tag] of page.matchAll(/<\/?([a-zA-Z!?][\w-]*)/g)) assert.ok(OURS.has(tag), `${name}: <${tag}>`);
    const document = grade(name);
    const rows = document ? document.checks.length + build(document) : 4;
    assert.equal(page.match(/<tr>/g).length, rows + 1, name);
    // GitHub looks for these in the text that it is given.
    const outside = text.replace(/^(`{3,}).*\n(?:.*\n)*?\1\n/gm, '');
    assert.doesNotMatch(outside, /(?<!&)#\d|@\w/, name);
  }
});
