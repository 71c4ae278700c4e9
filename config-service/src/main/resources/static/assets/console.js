// What the pages do beside htmx: dialogs, copying, rows of headers, times, charts.
(() => {
  'use strict';
  const dialog = document.getElementById('dialog');
  const status = document.getElementById('status');
  const alerts = document.getElementById('alerts');

  function put(region, kind, text) {
    const box = document.createElement('div');
    box.className = 'alert ' + kind;
    box.textContent = text;
    // in front of an open dialog
    const modal = dialog.open ? dialog.querySelector('.modal-body') : null;
    if (modal && region === alerts) {
      box.setAttribute('role', 'alert');
      modal.querySelectorAll(':scope > .alert-danger').forEach(old => old.remove());
      modal.prepend(box);
    } else {
      region.replaceChildren(box);
    }
  }
  const say = text => put(status, 'alert-success', text);
  const fail = text => put(alerts, 'alert-danger', text);

  // what was done on the page before is read out first, and one goes on from there
  status?.querySelector('.alert')?.focus();

  // dialogs

  document.body.addEventListener('htmx:afterSwap', event => {
    const target = event.detail.target;
    if (target === dialog) {
      // before anybody can choose another one
      showInstants(dialog);
      if (!dialog.open) {
        dialog.showModal();
      }
    }
  });
  // of the page, and of everything that is put into it later
  document.body.addEventListener('htmx:load', event => {
    showTimes(event.detail.elt);
    drawCharts(event.detail.elt);
  });

  // only now elements have the attributes that they came with: htmx lets those that were there before change last
  document.body.addEventListener('htmx:afterSettle', event => {
    if (event.detail.target === dialog) {
      const wrong = dialog.querySelector('[aria-invalid=true], [data-wrong]');
      (wrong || dialog.querySelector('[autofocus]'))?.focus();
    } else {
      const target = event.detail.target;
      target?.querySelector('[data-focus]')?.focus();
      if (target?.matches('[data-answer]')) {
        target.scrollIntoView({block: 'nearest'});
      }
    }
  });

  // a button that is switched off while it waits loses the focus
  let asking = null;
  document.body.addEventListener('htmx:beforeRequest', () => { asking = document.activeElement; });
  document.body.addEventListener('htmx:afterRequest', () => {
    const focused = document.activeElement;
    if (asking?.isConnected && !asking.disabled && (!focused || focused === document.body || focused === dialog)) {
      asking.focus();
    }
  });

  // an error that has no place in the dialog is told in front of it
  document.body.addEventListener('htmx:beforeSwap', event => {
    if (dialog.open && event.detail.target === alerts) {
      event.detail.shouldSwap = false;
      const parsed = new DOMParser().parseFromString(event.detail.xhr.responseText, 'text/html');
      fail(parsed.body.textContent.trim());
    }
  });
  document.body.addEventListener('htmx:sendError', () => fail('The service does not answer. Try again.'));
  document.body.addEventListener('htmx:timeout', () => fail('The service takes too long to answer. See whether your change was made before you repeat it.'));

  // nothing of it stays in the page, which shows what the dialog did
  function leave() {
    if (dialog.querySelector('[data-reload]')) {
      location.reload();
    }
    dialog.replaceChildren();
  }
  // browsers tell of it with the next frame: where frames are slow it may be open again, with something else in it
  dialog?.addEventListener('close', () => {
    if (!dialog.open) {
      leave();
    }
  });
  document.body.addEventListener('htmx:beforeSwap', event => {
    if (event.detail.target === dialog && !dialog.open) {
      leave();
    }
  });

  document.addEventListener('click', event => {
    const at = selector => event.target.closest(selector);
    if (at('[data-close]') || event.target === dialog) {
      dialog.close();
    } else if (at('[data-copy]')) {
      const from = document.querySelector(at('[data-copy]').dataset.copy);
      copy(from.value ?? from.textContent, at('[data-copy]'));
    } else if (at('[data-add-header]')) {
      addHeader();
    } else if (at('[data-delete-header]')) {
      at('.header-row').remove();
      numberHeaders();
      document.querySelector('[data-add-header]').focus();
    }
  });

  function addHeader() {
    const row = document.getElementById('header-row').content.cloneNode(true);
    const rows = document.getElementById('headers');
    rows.append(row);
    numberHeaders();
    rows.lastElementChild.querySelector('input').focus();
  }

  // each row's names say which one it is, also when one before it is gone
  function numberHeaders() {
    document.querySelectorAll('.header-row').forEach((row, index) => {
      row.querySelectorAll('[aria-label]').forEach(field => {
        const label = field.getAttribute('aria-label').replace(/ \d+/, '');
        field.setAttribute('aria-label', label.replace(/( is)?$/, ' ' + (index + 1) + '$1'));
      });
    });
  }

  // copying

  async function copy(text, button) {
    try {
      await navigator.clipboard.writeText(text);
      const label = button.lastChild;
      const before = label.textContent;
      label.textContent = ' Copied';
      say('Copied to the clipboard.');
      setTimeout(() => { label.textContent = before; }, 2000);
    } catch (fault) {
      fail('The browser does not let this page copy. Select the text and copy it by hand.');
    }
  }

  // a secret is copied without being shown
  document.addEventListener('submit', async event => {
    const form = event.target.closest('[data-copy-field]');
    if (!form) {
      return;
    }
    event.preventDefault();
    try {
      const answer = await fetch(form.action, {
        method: 'POST', body: new URLSearchParams(new FormData(form)), headers: {'HX-Request': 'true'}});
      if (answer.headers.get('HX-Redirect')) {
        location.assign(answer.headers.get('HX-Redirect'));
        return;
      }
      const parsed = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (!answer.ok) {
        fail(parsed.body.textContent.trim());
        return;
      }
      await copy(parsed.querySelector('input[readonly]').value, form.querySelector('button'));
    } catch (fault) {
      fail('The service does not answer. Try again.');
    }
  });

  // times: how long ago or ahead, and exactly where one points at it

  const relative = new Intl.RelativeTimeFormat(document.documentElement.lang, {numeric: 'auto'});
  const units = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];
  function showTimes(root) {
    within(root, 'time[datetime]').forEach(time => {
      const at = new Date(time.dateTime);
      const seconds = (at - Date.now()) / 1000;
      const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) || units[units.length - 1];
      time.textContent = relative.format(Math.round(seconds / size), unit);
      time.title = at.toLocaleString(undefined, {dateStyle: 'full', timeStyle: 'long'});
    });
  }
  setInterval(() => showTimes(document), 30000);

  // times to choose are in the viewer's zone here, and in no zone at the service

  const MINUTES = 60000;
  function showInstants(root) {
    within(root, 'input[data-instant]').forEach(field => {
      const at = new Date(field.dataset.instant);
      if (!isNaN(at)) {
        field.value = new Date(at - at.getTimezoneOffset() * MINUTES).toISOString().slice(0, 16);
      }
    });
  }
  document.body.addEventListener('htmx:configRequest', event => {
    event.detail.elt.querySelectorAll('input[type=datetime-local]').forEach(field => {
      const at = new Date(field.value);
      event.detail.parameters[field.name] = isNaN(at) ? field.value : at.toISOString();
    });
  });

  // charts: what they show is told in words beside them, too

  function drawCharts(root) {
    within(root, 'canvas[data-delivered]').filter(canvas => !Chart.getChart(canvas)).forEach(canvas => {
      const numbers = text => text.split(',').map(Number);
      const delivered = numbers(canvas.dataset.delivered);
      const bars = (data, colour) => ({data, backgroundColor: colour, barPercentage: 1, categoryPercentage: .8});
      new Chart(canvas, {
        type: 'bar',
        data: {labels: delivered.map(() => ''), datasets: [bars(numbers(canvas.dataset.failed), '#d63939'), bars(delivered, '#2fb344')]},
        options: {
          responsive: false,
          animation: false,
          events: [],
          plugins: {legend: {display: false}, tooltip: {enabled: false}},
          scales: {x: {stacked: true, display: false}, y: {stacked: true, display: false, beginAtZero: true}}
        }
      });
    });
  }

  function within(root, selector) {
    const found = Array.from(root.querySelectorAll(selector));
    return root.matches?.(selector) ? [root, ...found] : found;
  }
})();
