const KINDS = "button, input, select, [role=slider], [contenteditable=true]";

function labelOf(element) {
  const widget = element.closest(".widget-toggle-buttons") ?? element.closest(".jupyter-widgets");
  return widget?.querySelector(".widget-label")?.textContent.trim();
}

// A handle tells its place on the grid; a reader wants the number. The kernel's own is exact, but not there
// yet while the handle moves.
function announce(model, handle) {
  const known = model.get("spoken")[labelOf(handle)];
  if (!known) return;
  const [place, text, first, step, decimals] = known;
  const now = Math.round(handle.getAttribute("aria-valuenow"));
  const number = String(Number((first + now * step).toFixed(decimals))).replace("-", "\u2212");
  const wanted = now === place ? text : number;
  if (handle.getAttribute("aria-valuetext") !== wanted) handle.setAttribute("aria-valuetext", wanted);
}

function dress(model, explorer) {
  const image = explorer.querySelector("img");
  if (image) image.alt = model.get("alt");
  for (const part of explorer.querySelectorAll(".noUi-handle, .widget-readout")) {
    const label = labelOf(part);
    if (label && !part.ariaLabel) part.ariaLabel = label;
    if (!part.matches(".noUi-handle")) continue;
    announce(model, part);
    // A slider out of reach is so for a pointer only: keys still come to its handle, and move it.
    const out = part.closest(".noUi-target").hasAttribute("disabled");
    if (part.tabIndex !== (out ? -1 : 0)) part.tabIndex = out ? -1 : 0;
    if ((part.ariaDisabled === "true") !== out) part.ariaDisabled = String(out);
  }
  // A title is no name to everyone: a field without a label of its own is called what it says.
  for (const field of explorer.querySelectorAll("input.widget-input")) {
    if (!labelOf(field) && field.title && !field.ariaLabel) field.ariaLabel = field.title;
  }
  for (const [kind, manner] of [["said", model.get("hushed") ? "off" : "polite"], ["refusal", "assertive"]]) {
    const content = explorer.querySelector(`.mlp-${kind} :is(.widget-html-content, .widget-htmlmath-content)`);
    if (content && content.ariaLive !== manner) content.ariaLive = manner;
  }
}

function render({ model, el }) {
  el.style.display = "none";
  // Zooming resizes the window; another screen need not: this question about the ratio hears of it.
  let screen = null;
  const tell = () => {
    screen?.removeEventListener("change", tell);
    screen = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    screen.addEventListener("change", tell);
    model.set("ratio", window.devicePixelRatio);
    model.save_changes();
  };
  const here = event => {
    const at = event.target.closest?.(KINDS);
    return at?.closest(".mlp-explorer")?.contains(el) ? at : null;
  };
  const explain = event => {
    const at = here(event);
    if (at) at.title ||= model.get("tooltips")[labelOf(at)] ?? "";
  };
  // Ctrl+S, Shift+Enter and Escape stay the notebook's. Lab listens on the document, so this comes first.
  const keep = event => {
    const notebook = event.ctrlKey || event.metaKey || event.altKey || event.key === "Escape"
      || (event.shiftKey && event.key === "Enter");
    here(event)?.toggleAttribute("data-lm-suppress-shortcuts", !notebook);
  };
  // The other parts come when they come, some after this one, and slider handles write their text themselves.
  let explorer = null;
  const redress = () => explorer && dress(model, explorer);
  const parts = new MutationObserver(redress);
  const arrival = new MutationObserver(() => {
    explorer = el.closest(".mlp-explorer");
    if (!explorer) return;
    arrival.disconnect();
    const attributeFilter = ["aria-valuetext", "disabled"];
    parts.observe(explorer, { childList: true, subtree: true, attributes: true, attributeFilter });
    redress();
  });
  arrival.observe(document.body, { childList: true, subtree: true });
  tell();
  const heard = [["resize", tell], ["focusin", explain], ["pointerover", explain], ["keydown", keep]];
  for (const [kind, answer] of heard) window.addEventListener(kind, answer, true);
  const synced = ["change:alt", "change:spoken", "change:hushed"];
  for (const kind of synced) model.on(kind, redress);
  return () => {
    arrival.disconnect();
    parts.disconnect();
    screen.removeEventListener("change", tell);
    for (const [kind, answer] of heard) window.removeEventListener(kind, answer, true);
    for (const kind of synced) model.off(kind, redress);
  };
}

export default { render };
