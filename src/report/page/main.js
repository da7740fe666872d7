// SPDX-License-Identifier: MIT
// The runs: a panel for each, drawn when it is opened.

(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const words = data.words;
  const place = document.getElementById('drawings');
  if (!place) return;

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === 'text') made.textContent = value;
      else made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }

  function titleOf(run) {
    return run.perturbation
      ? `${run.scenario} (${words.perturbed.replace('%', run.perturbation)})` : run.scenario;
  }

  // Of the run that stands for them all: from the list, where who has no scripts reads it.
  function outcomeOf(run) {
    if (!run.drawn) return [];
    const items = [...document.querySelectorAll('.outcomes li')];
    const item = items.find((one) => one.dataset.scenario === run.scenario);
    if (!item) return [];
    item.querySelector('strong').remove();
    const text = element('span', { class: 'faint outcome' }, ' ', ...item.childNodes);
    item.remove();
    return [text];
  }

  function widthOf(panel) {
    return Math.max(340, Math.min(900, panel.clientWidth || 720));
  }

  // What the picture shows, for who does not see it.
  function listOf(snapshot) {
    const list = element('ul', { class: 'words' });
    snapshot.joints.forEach((joint, i) => {
      const text = `${joint.name}: ${Wiring.inWords(snapshot, i, words)}`;
      list.append(element('li', { text, class: text.includes(words.spare) ? 'spare' : '' }));
    });
    for (const box of snapshot.boxes) if (box.waits) list.append(element('li', { text: box.waits }));
    return list;
  }

  // `chosen` is called when a hand chose a moment.
  function wiringPanel(run, chosen) {
    const moments = element('div', { class: 'moments', role: 'group', 'aria-label': words.moment },
      element('span', { class: 'faint', text: words.moment }));
    const figure = element('figure');
    const others = element('div');  // on paper
    let current = -1;
    const fill = (figure, snapshot) => {
      const caption = words.wiringAt.replace('%', snapshot.name);
      figure.replaceChildren(element('figcaption', { text: caption }));
      if (snapshot.joints.length || snapshot.boxes.length)
        figure.append(Wiring.draw(snapshot, words, widthOf(figure), caption));
      if (!snapshot.joints.length) figure.append(element('p', { class: 'faint', text: words.nothingJoined }));
      figure.append(listOf(snapshot));
    };
    const show = (index) => {
      const snapshot = run.snapshots[index];
      if (!snapshot || index === current) return;
      current = index;
      for (const button of moments.querySelectorAll('button'))
        button.setAttribute('aria-pressed', button.dataset.index === String(index));
      fill(figure, snapshot);
    };
    // Every moment at which something is joined, for no hand can choose one on paper.
    const print = () => {
      run.snapshots.forEach((snapshot, index) => {
        if (index === current || !snapshot.joints.length) return;
        const other = element('figure');
        others.append(other);
        fill(other, snapshot);
      });
    };
    run.snapshots.forEach((snapshot, index) => {
      const button = element('button', { type: 'button', 'data-index': index, text: snapshot.name });
      button.addEventListener('click', () => { show(index); chosen(snapshot); });
      moments.append(button);
    });
    return { parts: [moments, figure, others], show, print, restore: () => others.replaceChildren() };
  }

  // What the exercise gave it: each with its name, what is to be said of it, and its text.
  function givenPanel(run) {
    const given = data.given[run.scenario] || [];
    if (!given.length) return [];
    const itemOf = (item) => {
      const notes = item.note ? [item.note] : [];
      if (item.lines && !item.newline && !item.cut) notes.push(words.noNewline);
      if (item.cut) notes.push(words.begins);
      const made = element('div', { class: 'given-item' });
      if (item.name) made.append(element('code', { text: item.name }), ' ');
      if (notes.length) made.append(element('span', { class: 'faint', text: notes.join(', ') }));
      if (item.lines)
        made.append(element('pre', { tabindex: 0, role: 'group', 'aria-label': item.name || item.title, text: item.lines.join('\n') }));
      return made;
    };
    const list = element('dl', { class: 'given' });
    for (const { title, items } of given)
      list.append(element('dt', { text: title }), element('dd', {}, ...items.map((item) => itemOf({ ...item, title }))));
    return [element('h4', { text: words.given }), list];
  }

  // What came in and out, byte by byte where it is no plain text.
  function streamsPanel(run) {
    const figures = run.streams.filter((stream) => stream.total > 0).map((stream) => {
      const notes = [words.bytes.replace('%', stream.total)];
      if (!stream.newline && !stream.cut) notes.push(words.noNewline);
      if (stream.cut) notes.push(words.cut);
      return element('figure', { class: 'stream' },
        element('figcaption', {}, element('code', { text: stream.name }),
          element('span', { class: 'faint', text: ` ${notes.join(', ')}` })),
        element('pre', { tabindex: 0, role: 'region', 'aria-label': stream.name, text: stream.lines.join('\n') }));
    });
    return figures.length ? [element('h4', { text: words.streams }), ...figures] : [];
  }

  // The last moment that is not after this event.
  function momentAt(run, position) {
    let found = 0;
    run.snapshots.forEach((snapshot, i) => { if (Math.min(snapshot.position, run.events.length - 1) <= position) found = i; });
    return found;
  }

  // The moment that says most: the last before the end at which something is joined.
  function interesting(run) {
    for (let i = run.snapshots.length - 1; i >= 0; --i) if (run.snapshots[i].joints.length) return i;
    return run.snapshots.length - 1;
  }

  const panels = data.runs.map((run, number) => {
    const details = element('details', { class: 'run', id: `run-${number}` },
      element('summary', {}, element('h3', { text: titleOf(run) }), ...outcomeOf(run)));
    const panel = element('div', { class: 'panel' });
    details.append(panel);
    place.append(details);
    let wiring = null;
    let timeline = null;
    const open = () => {
      if (wiring || !run.snapshots.length) return;
      wiring = wiringPanel(run, (snapshot) => timeline.goTo(snapshot.position));
      panel.append(...wiring.parts);
      timeline = new Timeline.View(run, words, (position) => wiring.show(momentAt(run, position)), element);
      panel.append(...timeline.parts, ...givenPanel(run), ...streamsPanel(run));
      timeline.goTo(run.snapshots[interesting(run)].position);
      wiring.show(interesting(run));
    };
    details.addEventListener('toggle', () => { if (details.open) open(); });
    return {
      run, details,
      print() {
        open();
        if (!wiring) return;
        wiring.print();
        timeline.print();
      },
      restore() {
        if (!wiring) return;
        wiring.restore();
        timeline.restore();
      },
      show(snapshot) {
        details.open = true;
        open();
        const index = run.snapshots.findIndex((one) => one.name === snapshot);
        if (wiring && index >= 0) {
          timeline.goTo(run.snapshots[index].position);
          wiring.show(index);
        }
        details.querySelector('summary').focus({ preventScroll: true });
        details.scrollIntoView({ block: 'start' });
      },
    };
  });

  // Where a check leads: to the run that stands for its scenario's, unless only another has the moment.
  function panelFor(link) {
    const mine = panels.filter((one) => one.run.scenario === link.dataset.scenario);
    const drawn = mine.filter((one) => one.run.drawn);
    const has = (one) => one.run.snapshots.some((at) => at.name === link.dataset.snapshot);
    return [...drawn, ...mine].find(has) || drawn[0];
  }

  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a.to-run');
    if (!link) return;
    const panel = panelFor(link);
    if (!panel) return;
    event.preventDefault();
    panel.show(link.dataset.snapshot);
  });

  // Paper can move nothing either, and is light; paper.js has opened what was closed.
  let printing = false;
  window.addEventListener('beforeprint', () => {
    if (printing) return;
    printing = true;
    for (const panel of panels) panel.print();
  });
  window.addEventListener('afterprint', () => {
    if (!printing) return;
    printing = false;
    for (const panel of panels) panel.restore();
  });

  const lost = document.querySelector('.failed a.to-run');
  const first = (lost && panelFor(lost)) || panels[0];
  if (first) first.details.open = true;
  const list = document.querySelector('.outcomes');
  if (list && !list.children.length) list.remove();
})();
