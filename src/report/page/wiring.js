// SPDX-License-Identifier: MIT
// A snapshot's plumbing as a picture: processes on the left, one below the other, with a row for each
// end; joints on the right, each near the middle of its ends; an arrow the way that bytes go.

const Wiring = (() => {
  const NAMESPACE = 'http://www.w3.org/2000/svg';
  const ROW = 20, TITLE = 26, BELOW = 8, GAP = 14, INDENT = 12, DEEPEST = 4, JOINT = 30, MARGIN = 4;

  function svg(name, attributes = {}, ...children) {
    const element = document.createElementNS(NAMESPACE, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  // How far down its line of descent each box stands.
  function depths(boxes) {
    const byProcess = new Map(boxes.map((box) => [box.process, box]));
    return boxes.map((box) => {
      let depth = 0;
      for (let at = byProcess.get(box.parent); at && depth < DEEPEST; at = byProcess.get(at.parent)) ++depth;
      return depth;
    });
  }

  function rowsOf(box, joints) {
    const rows = box.ends.map((end) => ({
      text: `${end.fd} ${end.reads && end.writes ? '↔' : end.writes ? '→' : '←'} ${end.name}`,
      ...end,
    }));
    for (const joint of box.memory)
      rows.push({ text: `↔ ${joints[joint].name}`, joint, reads: true, writes: true, spare: false });
    return rows;
  }

  // Where everything stands, in a picture `width` wide. A pure function of the snapshot.
  function layout(snapshot, width) {
    const boxWidth = Math.max(170, Math.min(340, Math.round(width * 0.5)));
    const jointWidth = Math.max(100, Math.min(220, Math.round(width * 0.27)));
    const deep = depths(snapshot.boxes);
    let y = MARGIN;
    const boxes = snapshot.boxes.map((box, i) => {
      const rows = rowsOf(box, snapshot.joints);
      const placed = {
        box, x: MARGIN + deep[i] * INDENT, y, width: boxWidth - deep[i] * INDENT,
        height: TITLE + rows.length * ROW + BELOW,
        rows: rows.map((row, number) => ({ ...row, y: y + TITLE + number * ROW + ROW / 2 })),
      };
      y += placed.height + GAP;
      return placed;
    });
    const ends = snapshot.joints.map(() => []);
    for (const box of boxes) for (const row of box.rows) if (row.joint >= 0) ends[row.joint].push(row);
    const joints = placeJoints(snapshot.joints, ends, width - jointWidth - MARGIN, jointWidth);
    const bottom = Math.max(y, ...joints.map((joint) => joint.y + joint.height + GAP));
    return { width, height: bottom, boxes, joints, right: MARGIN + boxWidth };
  }

  function placeJoints(joints, ends, x, width) {
    const middle = (rows) => rows.reduce((sum, row) => sum + row.y, 0) / Math.max(rows.length, 1);
    const order = joints.map((_, i) => i).sort((a, b) => middle(ends[a]) - middle(ends[b]) || a - b);
    const placed = [];
    let free = MARGIN;
    for (const i of order) {
      const height = Math.max(JOINT, 12 * ends[i].length + 6);
      const y = Math.max(free, middle(ends[i]) - height / 2);
      free = y + height + GAP;
      placed[i] = { joint: joints[i], x, y, width, height, ends: [...ends[i]].sort((a, b) => a.y - b.y) };
    }
    return placed;
  }

  function fitted(text, width, size = 7) {
    const most = Math.max(4, Math.floor(width / size));
    return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
  }

  function head(x, y, left, spare) {
    const tip = left ? -7 : 7;
    return svg('path', { class: spare ? 'head spare' : 'head', d: `M${x} ${y} l${-tip} -4.5 v9 z` });
  }

  function drawBox(placed, words) {
    const { box, x, y, width, height, rows } = placed;
    const group = svg('g', { class: 'box' }, svg('rect', { x, y, width, height, rx: 5 }));
    const state = box.state === 'running' || box.state === 'asleep' ? '' : words[`state.${box.state}`];
    const room = width - 16 - (state ? state.length * 6.5 + 8 : 0);
    const title = svg('text', { class: 'title', x: x + 8, y: y + 18 }, fitted(box.title, room, 8));
    title.append(svg('title', {}, box.title));
    group.append(title);
    if (state) group.append(svg('text', { class: 'quiet', x: x + width - 8, y: y + 18, 'text-anchor': 'end' }, state));
    for (const row of rows) {
      const kind = row.spare ? 'spare' : row.joint < 0 ? 'quiet' : '';
      const text = row.spare ? `${row.text} ✗` : row.text;
      group.append(svg('text', { class: kind, x: x + 8, y: row.y + 4.5 }, fitted(text, width - 20)));
    }
    return group;
  }

  function drawFamily(boxes) {
    const byProcess = new Map(boxes.map((placed) => [placed.box.process, placed]));
    const lines = boxes.filter((placed) => byProcess.has(placed.box.parent)).map((placed) => {
      const parent = byProcess.get(placed.box.parent);
      const x = parent.x + INDENT / 2;
      return x < placed.x ? `M${x} ${parent.y + parent.height} V${placed.y + 14} H${placed.x}` : '';
    });
    return svg('path', { class: 'family', d: lines.join(' ') });
  }

  function drawEdge(row, right, joint, number) {
    const x = joint.x, y = joint.y + joint.height * (number + 1) / (joint.ends.length + 1);
    const bend = Math.max(24, (x - right) / 2);
    const group = svg('g', { 'data-joint': row.joint });
    group.append(svg('path', {
      class: row.spare ? 'edge spare' : 'edge',
      d: `M${right} ${row.y} C${right + bend} ${row.y} ${x - bend} ${y} ${x} ${y}`,
    }));
    if (row.writes) group.append(head(x, y, false, row.spare));
    if (row.reads) group.append(head(right, row.y, true, row.spare));
    return group;
  }

  // "your program 6 (kept open, not used), sort 1 → wc 0"
  function inWords(snapshot, index, words) {
    const joint = snapshot.joints[index];
    const side = (wanted) => snapshot.boxes.flatMap((box) => box.ends
      .filter((end) => end.joint === index && wanted(end))
      .map((end) => `${box.short} ${end.fd}${end.spare ? ` (${words.spare})` : ''}`)).join(', ') || words.nobody;
    if (joint.kind === 'memory')
      return snapshot.boxes.filter((box) => box.memory.includes(index)).map((box) => box.short).join(', ');
    if (joint.kind === 'sockets') return `${side((end) => !end.second)} ↔ ${side((end) => end.second)}`;
    return `${side((end) => end.writes)} → ${side((end) => end.reads)}`;
  }

  function drawJoint(placed, index, snapshot, words, choose) {
    const { joint, x, y, width, height } = placed;
    const group = svg('g', {
      class: 'joint', tabindex: 0, role: 'button', 'aria-pressed': false, 'data-joint': index,
      'aria-label': `${joint.name}: ${inWords(snapshot, index, words)}`,
    });
    const round = joint.kind === 'memory' ? 3 : height / 2;
    group.append(svg('rect', { x, y, width, height, rx: Math.min(round, 15) }));
    const text = svg('text', { x: x + width / 2, y: y + height / 2 + 4.5, 'text-anchor': 'middle' },
      fitted(joint.name, width - 12));
    text.append(svg('title', {}, joint.name));
    group.append(text);
    group.addEventListener('click', () => choose(index));
    group.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      choose(index);
    });
    return group;
  }

  // The picture; a joint that is chosen makes the others faint.
  function draw(snapshot, words, width, label) {
    const place = layout(snapshot, width);
    const root = svg('svg', {
      viewBox: `0 0 ${place.width} ${place.height}`, width: place.width, height: place.height,
      role: 'group', 'aria-label': label,
    });
    const choose = (index) => {
      const chosen = root.dataset.chosen === String(index) ? '' : String(index);
      root.dataset.chosen = chosen;
      for (const part of root.querySelectorAll('[data-joint]')) {
        part.classList.toggle('dim', chosen !== '' && part.dataset.joint !== chosen);
        if (part.classList.contains('joint')) part.setAttribute('aria-pressed', part.dataset.joint === chosen);
      }
    };
    root.append(drawFamily(place.boxes));
    for (const placed of place.boxes) root.append(drawBox(placed, words));
    for (const joint of place.joints)
      joint.ends.forEach((row, number) => root.append(drawEdge(row, place.right, joint, number)));
    place.joints.forEach((placed, i) => root.append(drawJoint(placed, i, snapshot, words, choose)));
    return root;
  }

  return { draw, inWords, layout };
})();
