// A button that copies a text of the page. Without scripts, or where the browser keeps the clipboard to itself, it is not there.
for (const button of document.querySelectorAll('button[data-copy]')) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.parentElement.querySelector('[role=status]').textContent = button.dataset.copied;
  });
}
