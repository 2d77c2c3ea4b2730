// A click on the map of minutes asks who would come there: it goes into the question, which the form then asks anew.

const DECIMALS = 5;

document.addEventListener("noaber:map-click", ({ target, detail }) => {
  const form = document.getElementById("reach-form");
  if (target.id !== "reach-map" || detail.properties?.url) return;
  form.elements.lon.value = detail.lon.toFixed(DECIMALS);
  form.elements.lat.value = detail.lat.toFixed(DECIMALS);
  form.dispatchEvent(new Event("change", { bubbles: true }));
});
