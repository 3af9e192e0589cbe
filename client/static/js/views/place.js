// Opens a menu beside what was pressed, inside the window.

const GAP = 6,
  EDGE = 8;

/** Shows the popover under (or, where there is no room, above) the anchor, with the edges nearer to the window's in line. */
export function openBeside(popover, anchor) {
  if (!popover.matches(":popover-open")) popover.showPopover();
  place(popover, anchor);
}

export function place(popover, anchor) {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popover;
  const below = at.bottom + GAP + height < innerHeight - EDGE;
  const wished = at.left + at.right < innerWidth ? at.left : at.right - width;
  const left = Math.min(Math.max(EDGE, wished), innerWidth - width - EDGE);
  const top = below ? at.bottom + GAP : Math.max(EDGE, at.top - GAP - height);
  popover.style.setProperty("left", `${left}px`);
  popover.style.setProperty("top", `${top}px`);
}

/** Places popovers that are opened by a popovertarget button. */
export function placeOnOpen(popover, anchorOf) {
  popover.addEventListener("toggle", ({ newState }) => newState === "open" && place(popover, anchorOf()));
}
