// A form whose answer takes long says so, and is not sent twice. Without scripts the server refuses the second time by itself.
for (const form of document.querySelectorAll('form[data-working]')) {
  form.addEventListener('submit', event => {
    // A second button of the form that takes no time.
    if (event.submitter && 'noWorking' in event.submitter.dataset) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = 'yes';
    form.setAttribute('aria-busy', 'true');
    const words = form.querySelector('[role=status]');
    words.hidden = false;
    words.textContent = form.dataset.working;
    for (const button of form.querySelectorAll('button')) button.setAttribute('aria-disabled', 'true');
  });
}
// A page that comes back from the browser's memory may be sent again.
addEventListener('pageshow', event => {
  if (event.persisted) location.reload();
});
