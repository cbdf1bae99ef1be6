// What the pages ask for: open(frame) makes a moving map of a drawn one; draw(box) lets a form's geometry be drawn.
export { draw } from "./drawing.js";
export { open } from "./opening.js";
