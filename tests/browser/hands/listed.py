"""Every action that the room itself lists: what its keymap, its buttons and menus, and its palette name."""

from playwright.sync_api import Page, expect

LISTED = """async () => {
    const main = document.querySelector('script[src$="main.js"]').src;
    const { ACTIONS, FIXED } = await import(main.replace("main.js", "keymap.js"));
    const places = {
        grid: ["#tile-menu", "#tile-ready", "#tile-failed", "#tile-waiting"], batch: ["#batch-menu", "#batch"],
        bar: ["#bar-menu", ".tablet-bar"], me: ["#me-menu"], dock: [".dock"], lightbox: ["dialog.lb"],
        compare: ["dialog.cmp"], proposal: ["#proposal", "#offer-menu"], recipe: [".recipe"], top: ["header.top"],
        panel: ["chat-view", ".make", "#message-mine", "#message-other", "#message-assistant"],
    };
    // Generate, its count and the faces are listed elsewhere: among the keys, and by whom they stand for.
    const layer = (el) => el.closest("dialog, [popover]");
    const of = (root) => [...(root.content ?? root).querySelectorAll("button, a")]
        .filter((el) => layer(el) === layer(root) && !el.matches(".make-count, .go, .people *"));
    const verb = (el) => {
        const { do: what, act, opens, modeOf, show, sizeOf, file } = el.dataset;
        return what ?? act ?? opens ?? (modeOf ? `mode-${modeOf}` : show ? `show-${show}` : sizeOf && `size-${sizeOf}`)
            ?? (file ? `file-${file}` : el.getAttribute("popovertarget"))
            ?? (el.getAttribute("aria-label") ?? (el.title || el.textContent.trim()));
    };
    const buttons = Object.entries(places).flatMap(([place, roots]) => roots
        .flatMap((root) => of(document.querySelector(root))).map(verb).filter(Boolean)
        .map((name) => `${place} ${name}`));
    const keys = [...ACTIONS.map(({ scope, name, ours }) => [`${scope} ${name}`, ours[0]]),
        ...FIXED.map(([scope, label, combos]) => [`${scope} ${label}`, combos[0]])];
    return { buttons, keys: Object.fromEntries(keys), labels: ACTIONS.map(({ label }) => label) };
}"""
PALETTE = """() => [...document.querySelectorAll(".palette-list li")]
    .filter((row) => !["Workspace", "Prompt"].includes(row.lastElementChild.textContent))
    .map((row) => row.querySelector(".palette-name").textContent)"""
# Two ways to one action have one name.
SAME = {
    "bar all": "grid select-all", "bar keys": "everywhere keys", "bar others": "everywhere others",
    "bar panel": "everywhere panel", "bar palette": "everywhere palette", "bar size-s": "grid size-s",
    "bar size-m": "grid size-m", "bar size-l": "grid size-l", "bar bar-more": "bar more",
    "bar filter-pop": "bar filter",
    "batch as-sheet": "batch sheet", "batch as-grid": "batch sheet", "batch Copy the prompt": "batch copy",
    "compare Swap the two": "compare swap", "compare Hold to see the other": "compare flip",
    "top queue-drawer": "everywhere queue", "top share": "me share", "top me-menu": "me more",
    "panel Close the panel": "everywhere panel",
}  # fmt: skip


def actions_of(page: Page) -> set[str]:
    """Every action that the room lists; the palette must be closed, and is again."""
    listed, palette = page.evaluate(LISTED), page.locator("dialog.palette")
    page.evaluate("() => document.dispatchEvent(new CustomEvent('palette:open'))")
    expect(palette.locator("li").first).to_be_visible()
    named = [name for name in page.evaluate(PALETTE) if name not in listed["labels"]]
    page.keyboard.press("Escape")
    expect(palette).to_be_hidden()
    names = [*listed["buttons"], *listed["keys"], *(f"palette {name}" for name in named)]
    return {SAME.get(name, name) for name in names}


def keys_of(page: Page) -> dict[str, str]:
    """The first key of each action that has one."""
    return {SAME.get(name, name): combo for name, combo in page.evaluate(LISTED)["keys"].items()}
