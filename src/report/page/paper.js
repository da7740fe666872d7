// SPDX-License-Identifier: MIT
// Nobody opens anything on paper: all that is closed is open while it is printed.

(() => {
  const page = document.documentElement;
  let closed = [];
  window.addEventListener('beforeprint', () => {
    if (page.classList.contains('printing')) return;
    page.classList.add('printing');
    closed = [...document.querySelectorAll('details:not([open])')];
    for (const details of closed) details.open = true;
  });
  window.addEventListener('afterprint', () => {
    page.classList.remove('printing');
    for (const details of closed) details.open = false;
    closed = [];
  });
})();
