// What a live page says of its connection: the browser and the SSE extension of htmx open it again by themselves.
(() => {
  'use strict';
  // the service sends something every 15 seconds
  const SILENCE = 40000;
  let source = null;
  let heard = 0;

  // both listeners are on the element that has the connection
  document.body.addEventListener('htmx:sseOpen', event => {
    if (source !== event.detail.source) {
      source = event.detail.source;
      ['seen', 'beat', 'full'].forEach(name => source.addEventListener(name, () => { heard = Date.now(); }));
    }
    heard = Date.now();
    tell(event.target, false);
  });
  document.body.addEventListener('htmx:sseError', event => tell(event.target, true));
  document.body.addEventListener('htmx:sseClose', event => {
    source = null;
    tell(event.target, false);
  });

  // a connection may be gone without anybody being told, as after a computer slept
  setInterval(() => {
    if (source && source.readyState === EventSource.OPEN && Date.now() - heard > SILENCE) {
      const silent = source;
      source = null;
      silent.close();
      silent.onerror(new Event('error'));
    }
  }, 5000);

  function tell(element, lost) {
    const place = element.querySelector('[data-connection]');
    const live = element.querySelector('[data-live]');
    if (!place || lost === place.classList.contains('lost')) {
      return;
    }
    place.classList.toggle('lost', lost);
    if (live) {
      live.hidden = lost;
    }
    const box = document.createElement('p');
    box.className = lost ? 'alert alert-warning mb-3' : 'live';
    box.textContent = lost
      ? 'The connection is lost, so this page does not change right now. It is being opened again…'
      : 'The connection is back.';
    place.replaceChildren(box);
  }
})();
