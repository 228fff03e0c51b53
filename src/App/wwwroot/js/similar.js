// After each saving, what stands beside the form is drawn again: what to write next, the same project elsewhere, good examples.
const form = document.getElementById('answer');
const beside = document.getElementById('beside');
const saved = form?.querySelector('.saved');

if (beside && saved) {
  let version = form.elements.version.value, asking = false;

  const refresh = async () => {
    if (asking || form.elements.version.value === version || form.dataset.autosave.endsWith('/new')) return;
    asking = true;
    const asked = form.elements.version.value;
    try {
      const answer = await fetch(`${form.dataset.autosave}?handler=Beside`);
      if (answer.ok && !answer.redirected) {
        const focused = beside.contains(document.activeElement);
        if (!focused) beside.innerHTML = await answer.text();
        version = asked;
      }
    } catch {
      // The next saving asks again.
    } finally {
      asking = false;
    }
  };

  // The words "saved 14:02" come before the new version is noted: look a moment later.
  new MutationObserver(() => setTimeout(refresh, 0)).observe(saved, { childList: true, characterData: true, subtree: true });
}
