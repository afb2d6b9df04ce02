const SHOWN = 220;      // CSS pixels along a side
const PEN = 14 / 220;   // of a side: how thick a stroke is shown
const NEAR = 0.008;     // of a side: points closer than this to the last are not kept
const PAUSE = 50;       // ms: the shortest time between two messages to the kernel
const KEY_STEP = 0.02;  // of a side: how far an arrow key moves the pen
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const INK = "#1B2430", CARD = "#FCFBF8", LINE = "#858F9D", SLATE = "#566070", SIGNAL = "#0B7A75";

const copied = (strokes) => strokes.map((stroke) => stroke.map((point) => [...point]));
const kept = (t) => Math.round(1000 * Math.min(Math.max(t, 0), 1)) / 1000;

function surface(model) {
  const canvas = document.createElement("canvas");
  canvas.tabIndex = 0;
  canvas.title = model.get("tooltip");
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", `${model.get("description")}. ${model.get("tooltip")}`);
  canvas.setAttribute("data-lm-suppress-shortcuts", "true");  // JupyterLab takes arrow keys for cells
  canvas.style.cssText = `width: ${SHOWN}px; max-width: 100%; aspect-ratio: 1; touch-action: none;
    border: 1px solid ${LINE}; border-radius: 8px; cursor: crosshair; box-sizing: border-box;
    display: block; margin: 2px;`;
  return canvas;
}

function paint(canvas, strokes, pen, example) {
  const side = Math.round(SHOWN * window.devicePixelRatio);
  if (canvas.width !== side) canvas.width = canvas.height = side;
  const brush = canvas.getContext("2d");
  brush.setTransform(side, 0, 0, side, 0, 0);
  brush.fillStyle = CARD;
  brush.fillRect(0, 0, 1, 1);
  brush.lineCap = brush.lineJoin = "round";
  brush.strokeStyle = example ? LINE : INK;
  brush.lineWidth = PEN;
  for (const stroke of strokes) {
    brush.beginPath();
    brush.moveTo(...stroke[0]);
    for (const point of stroke) brush.lineTo(...point);
    brush.stroke();
  }
  if (pen.shown) {
    brush.beginPath();
    brush.arc(pen.x, pen.y, PEN / 2, 0, 2 * Math.PI);
    brush.strokeStyle = brush.fillStyle = SIGNAL;
    brush.lineWidth = 3 / SHOWN;
    if (pen.down) brush.fill(); else brush.stroke();
  } else if (example || !strokes.length) {
    brush.fillStyle = SLATE;
    brush.textAlign = "center";
    brush.resetTransform();  // letters are set badly at a size of less than a pixel
    brush.font = `${14 * side / SHOWN}px sans-serif`;
    const [told, y] = example ? ["draw your own over it", 0.95] : ["draw a digit here", 0.52];
    brush.fillText(told, 0.5 * side, y * side);
  }
}

function render({ model, el }) {
  const canvas = surface(model);
  const pen = { x: 0.5, y: 0.5, down: false, shown: false };
  let strokes = copied(model.get("value"));
  let pointer = null, timer = null, sent = 0;
  const show = () => paint(canvas, strokes, pen, model.get("example"));

  const send = () => {
    clearTimeout(timer);
    timer = null;
    sent = performance.now();
    model.set("value", copied(strokes));
    model.save_changes();
  };
  const sendSoon = () => {
    timer ??= setTimeout(send, Math.max(0, sent + PAUSE - performance.now()));
  };
  const wipe = () => {
    strokes = [];
    model.set("example", false);
  };
  const begin = (x, y) => {
    if (model.get("example")) wipe();
    strokes.push([[kept(x), kept(y)]]);
  };
  const go = (x, y) => {
    const stroke = strokes.at(-1), [u, v] = stroke.at(-1);
    if (Math.hypot(kept(x) - u, kept(y) - v) >= NEAR) stroke.push([kept(x), kept(y)]);
  };
  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  };
  const lift = () => { pen.down = false; };
  const adopt = () => {
    if (pointer !== null || timer !== null) return;  // what is being drawn here is newer
    strokes = copied(model.get("value"));
    if (!strokes.length) lift();
    show();
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (pointer !== null || event.button !== 0) return;
    pointer = event.pointerId;
    canvas.setPointerCapture(pointer);
    canvas.focus({ preventScroll: true });
    lift();
    pen.shown = false;
    begin(...place(event));
    show();
    sendSoon();
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerId !== pointer) return;
    const events = event.getCoalescedEvents?.() ?? [];
    for (const each of events.length ? events : [event]) go(...place(each));
    show();
    sendSoon();
  });
  const end = (event) => {
    if (event.pointerId !== pointer) return;
    pointer = null;
    send();
  };
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);

  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || pointer !== null) return;
    const way = ARROWS[event.key];
    if (way) {
      pen.x = kept(pen.x + KEY_STEP * way[0]);
      pen.y = kept(pen.y + KEY_STEP * way[1]);
      if (pen.down) go(pen.x, pen.y);
    } else if (event.key === " ") {
      pen.down = !pen.down;
      if (pen.down) begin(pen.x, pen.y);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      lift();
      wipe();
    } else return;
    pen.shown = true;
    event.preventDefault();
    event.stopPropagation();
    show();
    if (pen.down || !way) sendSoon();
  });
  canvas.addEventListener("focus", () => {
    pen.shown = pointer === null && canvas.matches(":focus-visible");
    show();
  });
  canvas.addEventListener("blur", () => { lift(); pen.shown = false; show(); });

  model.on("change:value", adopt);
  model.on("change:example", show);
  window.addEventListener("resize", show);
  el.appendChild(canvas);
  show();
  return () => {
    clearTimeout(timer);
    model.off("change:value", adopt);
    model.off("change:example", show);
    window.removeEventListener("resize", show);
  };
}

export default { render };
