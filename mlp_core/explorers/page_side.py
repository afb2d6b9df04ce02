"""What only the page can do: tell the kernel its screen, and give every control its tooltip and its name."""

import anywidget
import traitlets


class PageSide(anywidget.AnyWidget):
    """A widget without a face, beside an explorer's picture.

    It sets `ratio`, how many device pixels a pixel has, when it is shown and when the window moves to another
    screen. It puts `tooltips`, by label, where ipywidgets leaves them out (menus, buttons to choose from), and
    a name on a slider's handle, which has none for a screen reader.
    """

    _esm = """
    const KINDS = "button, input, select, [role=slider], [contenteditable=true]";

    function render({ model, el }) {
      el.style.display = "none";
      const tell = () => { model.set("ratio", window.devicePixelRatio); model.save_changes(); };
      const name = event => {
        const at = event.target.closest?.(KINDS);
        if (!at?.closest(".mlp-explorer")?.contains(el)) return;
        const widget = at.closest(".widget-toggle-buttons") ?? at.closest(".jupyter-widgets");
        const label = widget?.querySelector(".widget-label")?.textContent.trim();
        if (!label) return;
        at.title ||= model.get("tooltips")[label] ?? "";
        if (at.matches("div")) at.ariaLabel ??= label;
      };
      tell();
      window.addEventListener("resize", tell);
      for (const kind of ["focusin", "pointerover"]) document.addEventListener(kind, name);
      return () => {
        window.removeEventListener("resize", tell);
        for (const kind of ["focusin", "pointerover"]) document.removeEventListener(kind, name);
      };
    }
    export default { render };
    """
    ratio = traitlets.Float(0.0).tag(sync=True)
    tooltips = traitlets.Dict().tag(sync=True)
