"""How many device pixels has a pixel of this screen? A widget without a face that tells the kernel."""

import anywidget
import traitlets


class ScreenRatio(anywidget.AnyWidget):
    """Sets `ratio` from the browser when it is shown, and when the window moves to another screen."""

    _esm = """
    function render({ model, el }) {
      el.style.display = "none";
      const tell = () => { model.set("ratio", window.devicePixelRatio); model.save_changes(); };
      tell();
      window.addEventListener("resize", tell);
      return () => window.removeEventListener("resize", tell);
    }
    export default { render };
    """
    ratio = traitlets.Float(0.0).tag(sync=True)
