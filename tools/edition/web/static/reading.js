// For a narrow screen: where one is stands in the bar, drawers close, tables stack, pictures open.
const bar = document.querySelector(".mobile-header .brand");
const headings = [...document.querySelectorAll("article :is(h1, h2, h3)")];
const words = (heading) => {
  const copy = heading.cloneNode(true);
  for (const link of copy.querySelectorAll(".headerlink, .katex-mathml")) link.remove();
  return copy.textContent.trim();
};
const chapter = headings[0] && words(headings[0]).match(/^(\d\d) · /)?.[1];
let waiting = false;
function tell() {
  waiting = false;
  const above = headings.filter((heading) => heading.getBoundingClientRect().top < 180);
  const here = above[above.length - 1];
  if (!here || !bar) return;
  bar.textContent = chapter && here !== headings[0] ? `${chapter} · ${words(here)}` : words(here);
}
addEventListener("scroll", () => waiting || (waiting = requestAnimationFrame(tell)), { passive: true });
if (headings.length) tell();

// A drawer over the page goes when what was chosen in it is there.
document.addEventListener("click", (event) => {
  if (!event.target.closest?.(".sidebar-drawer a, .toc-drawer a")) return;
  for (const name of ["__navigation", "__toc"]) document.getElementById(name).checked = false;
});

// A table wider than its place becomes a list, each cell after the name of its column.
const narrow = matchMedia("(max-width: 46em)");
function stack() {
  const wrappers = [...document.querySelectorAll(".table-wrapper")];
  for (const wrapper of wrappers) wrapper.querySelector("table").classList.remove("stacked");
  const isThin = (cell) => cell.clientWidth < 96 && cell.textContent.trim().length > 24;
  const isWide = (wrapper) =>
    narrow.matches &&
    (wrapper.scrollWidth > wrapper.clientWidth + 1 || [...wrapper.querySelectorAll("tbody td")].some(isThin));
  const head = (wrapper) => wrapper.querySelector("thead")?.textContent;
  const heads = new Set(wrappers.filter(isWide).map(head)); // tables alike look alike
  for (const wrapper of wrappers.filter((wrapper) => heads.has(head(wrapper)))) {
    const names = [...wrapper.querySelectorAll("thead tr:first-child > *")].map((cell) =>
      cell.textContent.trim(),
    );
    if (names.length < 2) continue;
    for (const row of wrapper.querySelectorAll("tbody tr"))
      [...row.children].forEach((cell, k) => {
        cell.classList.toggle("void", !cell.textContent.trim());
        if (names[k]) cell.dataset.column = names[k];
      });
    wrapper.querySelector("table").classList.add("stacked");
    // What may scroll does so by the keyboard, too; how wide it is, is known only when all fonts are there.
    for (const wide of wrapper.querySelectorAll("td :is(.katex, code)")) wide.closest("td").tabIndex = 0;
  }
}
if (document.querySelector(".table-wrapper")) {
  document.fonts.ready.then(stack);
  narrow.addEventListener("change", stack);
}

// What was printed is set smaller, so that its columns are seen whole; where that would be too small, it scrolls.
const smallest = 9.5;
function fit() {
  for (const block of document.querySelectorAll(":is(.printed, .highlight-none) pre")) {
    block.style.fontSize = "";
    const { scrollWidth, clientWidth } = block;
    if (!narrow.matches || scrollWidth <= clientWidth) continue;
    const size = parseFloat(getComputedStyle(block).fontSize);
    block.style.fontSize = `${Math.max(smallest, (size * (clientWidth - 20)) / (scrollWidth - 20))}px`;
  }
}
document.fonts.ready.then(fit);
narrow.addEventListener("change", fit);

// A picture opens at its own size, on a light ground, and a touch closes it.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("article a.image-reference");
  const picture = link?.querySelector("img");
  if (!picture) return;
  event.preventDefault();
  const large = document.createElement("dialog");
  large.className = "large";
  large.setAttribute("aria-label", "the picture, larger");
  large.tabIndex = 0;
  const copy = large.appendChild(picture.cloneNode());
  for (const name of ["style", "width", "height"]) copy.removeAttribute(name);
  const lies = innerWidth > innerHeight; // then its whole width is to be seen
  copy.style.width = `${lies ? innerWidth - 40 : 900}px`;
  const close = large.appendChild(document.createElement("button"));
  [close.textContent, close.className] = ["close", "close"];
  large.addEventListener("click", () => large.close());
  large.addEventListener("close", () => large.remove());
  document.body.append(large);
  large.showModal();
});
