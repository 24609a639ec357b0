// Comforts only: every page works without this file.
(() => {
  'use strict';

  // What remains of a text's limit, as one types.
  const count = field => {
    const output = document.getElementById(field.id + '-compte');
    if (!output) return;
    const left = Number(field.dataset.longueur) - field.value.length;
    const characters = n => n.toLocaleString('fr-FR') + ' caractère' + (n > 1 ? 's' : '');
    output.textContent = left < 0 ? characters(-left) + ' de trop' : 'Il reste ' + characters(left);
    output.classList.toggle('de-trop', left < 0);
  };

  // A refused form: the summary is read first.
  const focusSummary = root => root.querySelector('.resume-erreurs')?.focus();

  document.addEventListener('input', event => {
    if (event.target.dataset?.longueur) count(event.target);
  });

  // Enter in a search box beside a field presses its own button, not "Enregistrer".
  document.addEventListener('keydown', event => {
    const button = event.key === 'Enter' && event.target.dataset?.bouton;
    if (!button) return;
    event.preventDefault();
    document.getElementById(button).click();
  });

  // One click, one sending: the button says that it works; the server refuses doubles anyway.
  document.addEventListener('submit', event => {
    const button = event.submitter;
    if (!button || event.target.method === 'get') return;
    if (button.getAttribute('aria-busy') === 'true') event.preventDefault();
    else button.setAttribute('aria-busy', 'true');
  });
  window.addEventListener('pageshow', () =>
    document.querySelectorAll('button[aria-busy]').forEach(button => button.removeAttribute('aria-busy')));

  // Light menus close like the others: Escape, or a click elsewhere.
  const closeMenus = except => document.querySelectorAll('details[data-leger][open]').forEach(menu => {
    if (!menu.contains(except)) menu.open = false;
  });
  document.addEventListener('click', event => closeMenus(event.target));
  document.addEventListener('keydown', event => {
    const menu = event.key === 'Escape' && document.querySelector('details[data-leger][open]');
    if (!menu) return;
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector('summary').focus();
  });

  document.addEventListener('htmx:afterSettle', event => focusSummary(event.detail.elt));
  focusSummary(document);
})();
