// What the theme leaves out for those who cannot see the page, and the cited equation beside its link.
for (const [where, name] of [
  [".sidebar-drawer", "chapters"],
  [".toc-drawer", "on this page"],
])
  for (const part of document.querySelectorAll(where)) part.setAttribute("aria-label", name);
for (const part of document.querySelectorAll("pre, .table-wrapper")) part.tabIndex = 0;
for (const part of document.querySelectorAll('p.caption[role="heading"]')) part.setAttribute("aria-level", "2");
for (const part of document.querySelectorAll("th"))
  if (!part.textContent.trim()) part.replaceWith(document.createElement("td"));

function cited(link) {
  const name = decodeURIComponent(link.hash.slice(1));
  if (!/^eq-\d+-\d+$/.test(name) || link.matches(".equation *")) return null;
  return document.querySelector(`[data-cited="${name}"]`) ?? document.querySelector(`#${name} .box`);
}

let shown;
function hide() {
  shown?.remove();
  shown = undefined;
}
function show(event) {
  const link = event.target.closest?.("a[href*='#eq-']");
  const equation = link && cited(link);
  hide();
  if (!equation) return;
  shown = document.createElement("div");
  shown.className = "shown";
  shown.setAttribute("aria-hidden", "true"); // the link leads there; this is for the eye
  shown.innerHTML = equation.innerHTML;
  document.body.append(shown);
  const at = link.getBoundingClientRect();
  const left = Math.min(at.left, document.documentElement.clientWidth - shown.offsetWidth - 16);
  shown.style.left = `${Math.max(16, left) + scrollX}px`;
  const above = at.top - shown.offsetHeight - 6;
  shown.style.top = `${(above > 60 ? above : at.bottom + 6) + scrollY}px`;
}
for (const begins of ["mouseover", "focusin"]) document.addEventListener(begins, show);
document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
document.addEventListener("focusout", hide);
