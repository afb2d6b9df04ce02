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

// The equations of other pages stand in a script for each chapter, fetched when a link to one is pointed at.
window.bookEquations = {};
const beside = document.currentScript.src.replace(/book\.js.*/, "equations/");
const asked = {};
function equation(name) {
  const here = document.querySelector(`#${name} .box`);
  const [, chapter, number] = name.split("-");
  if (here) return here.innerHTML;
  asked[chapter] ??= new Promise((done) => {
    const script = document.createElement("script");
    script.onload = script.onerror = done;
    script.src = `${beside}${chapter}.js`;
    document.head.append(script);
  });
  return asked[chapter].then(() => bookEquations[`${chapter}.${number}`]);
}

function citing(event) {
  const link = event.target.closest?.("a[href*='#eq-']");
  const name = link && decodeURIComponent(link.hash.slice(1));
  return link && /^eq-\d+-\d+$/.test(name) && !link.matches(".equation *, td:first-child > *, td:first-child > p > *") ? [link, name] : [];
}

let shown, pointed, touched; // touched: the link for which a finger found an equation shown already
function hide() {
  shown?.remove();
  shown = pointed = undefined;
}
async function show(event) {
  const [link, name] = citing(event);
  if (link && link === pointed) return;
  hide();
  if (!link) return;
  pointed = link;
  const html = await equation(name);
  if (link !== pointed || shown || !html) return;
  shown = document.createElement("div");
  shown.className = "shown";
  shown.setAttribute("aria-hidden", "true"); // the link leads there; this is for the eye
  shown.innerHTML = html;
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

// A finger cannot point: its first touch shows the equation, its second follows the link.
document.addEventListener("pointerdown", (event) => {
  const [link] = citing(event);
  touched = event.pointerType === "touch" && link && link !== pointed ? link : undefined;
});
document.addEventListener("click", (event) => {
  const [link] = citing(event);
  if (!link || link !== touched) return;
  event.preventDefault();
  show(event);
});

// The moving picture in the place of its still, and back.
document.addEventListener("click", (event) => {
  const moving = event.target.closest?.("a.moves");
  if (!moving) return;
  event.preventDefault();
  const picture = moving.querySelector("img");
  [picture.src, moving.href] = [moving.href, picture.src];
});
