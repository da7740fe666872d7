// SPDX-License-Identifier: MIT
// The drawings of a report in Markdown, by Mermaid itself, as GitHub and GitLab have it draw them.
//
//     node mermaid_test.mjs FOLDER_OF_PAGES FOLDER_OF_NODE_MODULES
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import test, { after } from 'node:test';
import { load, open } from './browser.mjs';

const [folder, modules] = process.argv.slice(2);
const { browser } = await open(modules);
after(() => browser.close());
const script = resolve(modules, '@mermaid-js/tiny/dist/mermaid.tiny.js');

function drawingsIn(name) {
  const text = readFileSync(join(folder, `${name}.md`), 'utf8');
  const drawings = [...text.matchAll(/^(`{3,})mermaid\n(.*?)^\1$/gms)].map((match) => match[2]);
  assert.notEqual(drawings.length, 0, text);
  return drawings;
}

// What it says where, of each drawing.
async function drawn(name) {
  const { page, problems } = await load(browser, join(folder, 'passed.html'), { bypassCSP: true });
  await page.addScriptTag({ path: script });
  const results = [];
  for (const drawing of drawingsIn(name)) {
    results.push(await page.evaluate(async (text) => {
      const { mermaid } = window;
      mermaid.initialize({ startOnLoad: false });
      const { diagramType } = await mermaid.parse(text);
      const { svg } = await mermaid.render('drawing', text);
      const place = document.body.appendChild(document.createElement('div'));
      place.innerHTML = svg;
      for (const style of place.querySelectorAll('style')) style.remove();
      return { kind: diagramType, said: place.textContent, ran: window.evil };
    }, drawing));
  }
  assert.deepEqual(problems, []);
  return results;
}

for (const name of ['hang', 'lost-run']) {
  test(`the wiring of ${name} is drawn, with the end that is kept`, async () => {
    const [wiring] = await drawn(name);
    assert.match(wiring.kind, /^flowchart/);
    assert.match(wiring.said, /el teu programa/);
    assert.match(wiring.said, /\u2717/);
  });
}

test('who made, signalled and waited for whom is drawn', async () => {
  const sequences = (await drawn('lost-child')).filter(({ kind }) => kind === 'sequence');
  assert.notEqual(sequences.length, 0);
  for (const { said } of sequences) assert.match(said, /exit 0/);
});

test('a name that looks like markup is a name', async () => {
  for (const { said, ran } of await drawn('hostile')) {
    assert.equal(ran, undefined);
    assert.match(said, /script/);
  }
});
