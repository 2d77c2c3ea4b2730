// The form of an answer: a mend puts its number into the field beside it. Without this script the button sends the form,
// and the server puts the number in.

document.addEventListener("click", (event) => {
  const mend = event.target.closest?.("[data-noaber-mend]");
  const field = mend && document.getElementById(mend.dataset.noaberMend);
  if (!field) return;
  event.preventDefault();
  field.value = mend.dataset.noaberNumber;
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
