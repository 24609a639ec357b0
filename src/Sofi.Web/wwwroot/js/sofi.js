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

  // Sums beside the fields that make them; the server computes them again.
  const number = id => Number(document.getElementById(id)?.value.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.'));
  const filled = id => document.getElementById(id)?.value.trim() !== '';
  const computed = {
    somme: ids => ids.some(filled) ? ids.reduce((sum, id) => sum + (number(id) || 0), 0) + '\u00a0h' : '–',
    ttc: ([price, rate]) => filled(price) && number(price) >= 0
      ? new Intl.NumberFormat('fr-FR', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
        .format(Math.round(number(price) * (100 + (number(rate) || 0)) + Number.EPSILON) / 100) + '\u00a0€'
      : '–',
  };
  document.addEventListener('input', () => Object.entries(computed).forEach(([kind, compute]) =>
    document.querySelectorAll(`output[data-${kind}]`).forEach(output => {
      output.textContent = compute(output.dataset[kind].split(' '));
    })));

  // What is being typed in a fiche is kept, some seconds after the last key and at once when one leaves: a closed window loses nothing.
  let [typed, waiting] = [null, 0];
  const forget = () => {
    clearTimeout(waiting);
    typed = null;
  };
  const keep = async () => {
    const form = typed;
    if (!form) return;
    forget();
    const fields = new FormData(form);
    fields.set('adresse', form.dataset.brouillon);
    const said = document.querySelector('.barre-bas-fait');
    const answer = await fetch('/sofi/brouillon', { method: 'POST', body: fields, keepalive: true }).catch(() => null);
    if (!answer?.ok) typed ??= form;
    else if (said) said.textContent = 'Non enregistré. Saisie gardée à '
      + new Date().toLocaleTimeString('fr-FR', { hour: 'numeric', minute: '2-digit' }).replace(':', '\u00a0h\u00a0') + '.';
  };
  document.addEventListener('input', event => {
    const form = event.target.form;
    if (!form?.dataset.brouillon || event.target.type === 'search') return;
    clearTimeout(waiting);
    [typed, waiting] = [form, setTimeout(keep, 3000)];
  });
  document.addEventListener('click', event => event.target.closest('a[href]') && keep());
  window.addEventListener('pagehide', keep);
  // The fiche itself is on its way, or its draft is taken up again or given up.
  document.addEventListener('submit', event => (event.target === typed || event.target.closest('#brouillon')) && forget());

  // A list refreshed in place keeps the ticks of the rows that leave it: they wait beside it until their row is back.
  const place = target => document.getElementById(target.id)?.closest('[data-choix]');
  const boxes = within => within.querySelectorAll('tbody input[type=checkbox]');
  document.addEventListener('htmx:beforeSwap', event => {
    const aside = place(event.detail.target)?.querySelector('[data-ailleurs]');
    if (aside) boxes(event.detail.target).forEach(box => {
      if (box.checked) aside.append(Object.assign(document.createElement('input'), { type: 'hidden', name: box.name, value: box.value }));
    });
  });
  document.addEventListener('htmx:afterSwap', event => {
    const within = place(event.detail.target);
    if (within) boxes(within).forEach(box => {
      const waiting = [...within.querySelectorAll('[data-ailleurs] input')].find(input => input.value === box.value);
      box.checked = waiting !== undefined;
      waiting?.remove();
    });
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
