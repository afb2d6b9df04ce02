"""What only the page can do: tell the kernel its screen, and give every control its tooltip and its name."""

import anywidget
import traitlets


class PageSide(anywidget.AnyWidget):
    """A widget without a face, beside an explorer's picture.

    It sets `ratio`, how many device pixels a pixel has, when it is shown and when the window moves to another
    screen. Where ipywidgets leaves them out it puts `tooltips`, by label (menus, buttons to choose from), and
    names for a screen reader (handles of sliders). It keeps JupyterLab from taking the keys that move a
    control: an arrow in a menu would go to the next cell.
    """

    _esm = """
    const KINDS = "button, input, select, [role=slider], [contenteditable=true]";

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
      const name = event => {
        const at = here(event);
        if (!at) return;
        const widget = at.closest(".widget-toggle-buttons") ?? at.closest(".jupyter-widgets");
        const label = widget?.querySelector(".widget-label")?.textContent.trim();
        if (!label) return;
        at.title ||= model.get("tooltips")[label] ?? "";
        if (at.matches("div")) at.ariaLabel ??= label;
      };
      // Ctrl+S, Shift+Enter and Escape stay the notebook's. Lab listens on the document, so this comes first.
      const keep = event => {
        const notebook = event.ctrlKey || event.metaKey || event.altKey || event.key === "Escape"
          || (event.shiftKey && event.key === "Enter");
        here(event)?.toggleAttribute("data-lm-suppress-shortcuts", !notebook);
      };
      tell();
      const heard = [["resize", tell], ["focusin", name], ["pointerover", name], ["keydown", keep]];
      for (const [kind, answer] of heard) window.addEventListener(kind, answer, true);
      return () => {
        screen.removeEventListener("change", tell);
        for (const [kind, answer] of heard) window.removeEventListener(kind, answer, true);
      };
    }
    export default { render };
    """
    ratio = traitlets.Float(0.0).tag(sync=True)
    tooltips = traitlets.Dict().tag(sync=True)
