// Partners with a like name, while a name is typed. The form asks again when it is sent, so it works without this.
const input = document.querySelector('input[data-similar]');
const place = input && document.getElementById(input.dataset.similar);
let timer = 0, asking = null;

input?.addEventListener('input', () => {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(`/staff/partners/new?handler=Similar&name=${encodeURIComponent(input.value)}`, { signal: asking.signal });
      if (answer.ok && !answer.redirected) place.innerHTML = await answer.text();
    } catch {
      // The next key asks again.
    }
  }, 250);
});
