// What a person without a mouse cannot operate on this page; read by reach.py, which presses the keys.
(() => {
  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const ACTS = ".btn, .menu-item, .chip, .form-control, .form-select, button.nav-link";
  const ROVING = "[role=listbox], [role=tablist], [role=toolbar], picture-tablet";

  /** All that can be operated in the layer on top. */
  function controls() {
    const layer = [...document.querySelectorAll("dialog:modal")].at(-1) ?? document.body;
    return [...layer.querySelectorAll(CONTROLS)].filter(
      (el) =>
        el.checkVisibility({ visibilityProperty: true }) &&
        !el.matches(":disabled") &&
        !el.closest("[inert], [aria-hidden=true]"),
    );
  }

  const named = (el) =>
    `“${el.getAttribute("aria-label") || el.textContent.trim().slice(0, 40) || el.title || el.id || el.className}”`;

  /** How a control looks together with what frames it. */
  function look(el) {
    const near = [el, el.previousElementSibling, el.nextElementSibling, el.closest("label"), el.parentElement,
      el.parentElement.parentElement];
    return near
      .filter(Boolean)
      .flatMap((one) => [getComputedStyle(one), getComputedStyle(one, "::after")])
      .map(({ outlineStyle, outlineWidth, boxShadow, borderColor, backgroundColor, opacity }) =>
        [outlineStyle !== "none" && outlineWidth, boxShadow, borderColor, backgroundColor, opacity].join(),
      )
      .join("|");
  }

  let was, before, met, isRound;

  function arrive() {
    for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish();
  }

  function onFocus({ target }) {
    arrive();
    isRound ||= target === met.keys().next().value;
    if (!met.has(target)) met.set(target, look(target));
  }

  function start() {
    [was, met, isRound] = [document.activeElement, new Map(), false];
    was.blur();
    arrive();
    before = new Map(controls().map((el) => [el, look(el)]));
    document.addEventListener("focusin", onFocus);
  }

  /** What Tab did not come to, and where one does not see that it came. */
  function end() {
    document.removeEventListener("focusin", onFocus);
    if (was === document.body) document.activeElement.blur();
    else was.focus({ preventScroll: true });
    const isOneOfItsRadios = (el) => el.type === "radio" && [...met.keys()].some(({ name }) => name === el.name);
    const isForArrows = (el) => el.tabIndex < 0 && [...met.keys()].some((one) => el.closest(ROVING)?.contains(one));
    const missed = controls().filter((el) => before.has(el) && !met.has(el) && !isOneOfItsRadios(el) && !isForArrows(el));
    const unseen = [...met.keys()].filter((el) => before.get(el) === met.get(el));
    return [
      ...missed.map((el) => `Tab does not reach ${named(el)}`),
      ...unseen.map((el) => `the focus is not seen on ${named(el)}`),
    ];
  }

  /** The size of what one may press for it, its words among it. */
  function box(el) {
    const boxes = [el, el.closest("label"), ...(el.labels ?? [])].filter(Boolean).map((one) => one.getBoundingClientRect());
    return boxes.reduce((a, b) => (b.width * b.height > a.width * a.height ? b : a));
  }

  /** What is smaller than a finger needs, and what is there only under a pointer; words in a line may be small. */
  function untouchable(least, leastOfActs) {
    const isSmall = (el) => {
      const { width, height } = box(el);
      return width > 1 && height > 1 && (width < least || height < (el.matches(ACTS) ? leastOfActs : least));
    };
    const isInLine = (el) => el.matches("a") && getComputedStyle(el).display === "inline";
    const isFaint = (el) => !el.checkVisibility({ opacityProperty: true }) && !el.matches("input");
    const isInMenu = (el) => el.closest(".tile");
    return [
      ...controls()
        .filter((el) => isSmall(el) && !isInLine(el))
        .map((el) => `${named(el)} is ${Math.round(box(el).width)} × ${Math.round(box(el).height)} px`),
      ...controls()
        .filter((el) => isFaint(el) && !isInMenu(el))
        .map((el) => `${named(el)} is seen only under a pointer`),
    ];
  }

  window.reach = { start, end, untouchable, isRound: () => isRound };
})();
