// SPDX-License-Identifier: MIT
// The page in a real browser: what a hand and a keyboard do, and what axe-core says of it.
//
//     node page_test.mjs FOLDER_OF_PAGES FOLDER_OF_NODE_MODULES
import assert from 'node:assert/strict';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { load, open } from './browser.mjs';

const [folder, modules] = process.argv.slice(2);
const { browser, axe } = await open(modules);
after(() => browser.close());
const file = (name) => join(folder, `${name}.html`);
const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

for (const name of ['hang.en', 'hang.ca', 'hang.es', 'hostile', 'not-built', 'passed']) {
  for (const colorScheme of ['light', 'dark']) {
    test(`axe finds nothing in ${name}, ${colorScheme}`, async () => {
      const { page, problems } = await load(browser, file(name), { colorScheme, bypassCSP: true });
      await page.addScriptTag({ path: axe });
      const { violations } = await page.evaluate(() => window.axe.run());
      assert.deepEqual(violations.map((one) => [one.id, one.nodes.map((node) => node.html.slice(0, 200))]), []);
      assert.deepEqual(problems, []);
    });
  }
}

test('the page says what its language says', async () => {
  const texts = { en: 'Checks', ca: 'Comprovacions', es: 'Comprobaciones' };
  for (const [lang, title] of Object.entries(texts)) {
    const { page } = await load(browser, file(`hang.${lang}`));
    assert.equal(await page.getAttribute('html', 'lang'), lang);
    assert.equal(await page.textContent('#checks h2'), title);
  }
});

test('a failed check leads to its moment, drawn, with the leaked end marked', async () => {
  const { page } = await load(browser, file('hang.en'));
  await page.click('article.failed a.to-run');
  const run = page.locator('details.run[open]');
  assert.equal(await run.locator('button[aria-pressed=true]').first().textContent(), 'running');
  assert.equal(await run.locator('svg .box').count(), 4);
  assert.equal(await run.locator('svg .joint').count(), 2);
  assert.equal(await run.locator('svg path.edge.spare').count(), 1);
  assert.match(await run.locator('.words').textContent(), /pipe B: your program 6 \(kept open, not used\), sort 1 → wc 0/);
});

test('moments and joints are chosen by keyboard', async () => {
  const { page } = await load(browser, file('hang.en'));
  const run = page.locator('details.run[open]');
  await run.locator('button', { hasText: 'start' }).focus();
  await page.keyboard.press('Enter');
  assert.match(await run.locator('figcaption').first().textContent(), /'start'/);
  await run.locator('button', { hasText: 'running' }).focus();
  await page.keyboard.press('Space');
  const joint = run.locator('svg .joint').first();
  await joint.focus();
  await page.keyboard.press('Enter');
  assert.equal(await joint.getAttribute('aria-pressed'), 'true');
  assert.ok(await run.locator('svg .dim').count() > 0);
  await page.keyboard.press('Enter');
  assert.equal(await run.locator('svg .dim').count(), 0);
});

test('a place leads to its line, which has the finding', async () => {
  const { page } = await load(browser, file('hang.en'));
  await page.click('article.failed dd a');
  const line = page.locator('#file-0-line-15');
  assert.match(await line.textContent(), /pipe\(two\).*no-spare-ends/s);
});

test('nothing that a submission wrote is markup or runs', async () => {
  const { page, problems } = await load(browser, file('hostile'), { bypassCSP: true });
  assert.equal(await page.evaluate(() => window.evil), undefined);
  assert.equal(await page.locator('img').count(), 0);
  assert.deepEqual(problems, []);
});

test('a phone scrolls down only', async () => {
  for (const name of ['hang.en', 'hostile', 'not-built']) {
    const { page } = await load(browser, file(name), PHONE);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${name} is ${wide} pixels too wide`);
  }
});

test('without scripts the verdicts are there all the same', async () => {
  const { page } = await load(browser, file('hang.en'), { javaScriptEnabled: false });
  assert.equal(await page.locator('article.failed').count(), 3);
  assert.match(await page.textContent('.outcomes'), /nothing could move any more/);
});
