"""What is wrong with a page in a browser for those who cannot see it, use no mouse, or hold a telephone.

How well a text is to be told from its ground is asked once of every look of text: its colour, size and weight, and what
is painted beneath it. That question takes most of the time of all, and a list asks it anew of each of its rows.
"""

from axe_playwright_python.sync_playwright import Axe

AXE_SCRIPT = Axe().axe_script
CONTRAST = "color-contrast"
EVERYWHERE = {"resultTypes": ["violations"], "rules": {CONTRAST: {"enabled": False}}}
DESK, TELEPHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]"
AXE = "(options) => axe.run(options).then((found) => found.violations)"
CONTRASTS = """async ([known, rule]) => {
  const painted = new Map();
  const beneath = (element) => {
    if (!element) return "";
    if (!painted.has(element)) {
      const style = getComputedStyle(element), own = [];
      if (style.backgroundColor !== "rgba(0, 0, 0, 0)") own.push(style.backgroundColor);
      for (const [name, usual] of Object.entries({
        backgroundImage: "none", opacity: "1", filter: "none", mixBlendMode: "normal", clipPath: "none",
      })) if (style[name] !== usual) own.push(style[name]);
      if (!["static", "relative"].includes(style.position)) own.push(`${element.tagName}.${element.className}`);
      painted.set(element, [beneath(element.parentElement), ...own].join("/"));
    }
    return painted.get(element);
  };
  const look = (element) => {
    const style = getComputedStyle(element);
    const text = [style.color, style.fontSize, style.fontWeight, style.textShadow, style.webkitTextStroke];
    return `${text.join(" ")} ${beneath(element)}`;
  };
  const says = (element) => element.matches("input, select, textarea")
    || [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const within = (element) => {
    const box = element.getBoundingClientRect();
    return box.right + scrollX > 0 && box.bottom + scrollY > 0;
  };
  const shown = (element) => says(element) && element.checkVisibility() && within(element);
  const fresh = [...document.body.querySelectorAll("*")].filter((each) => shown(each) && !known.includes(look(each)));
  if (!fresh.length) return [[], []];
  const options = { runOnly: [rule], elementRef: true, resultTypes: ["violations", "passes"] };
  const found = await axe.run({ include: fresh }, options);
  const judged = [...found.violations, ...found.passes].flatMap((each) => each.nodes).map((node) => look(node.element));
  return [found.violations.map((each) => ({ ...each, nodes: each.nodes.map(({ element, ...node }) => node) })), judged];
}"""
"""Ask axe of the looks of text that are not known; return what it finds, and the looks on which it could judge."""

FITS = """(size) => {
  const wrong = [], root = document.documentElement;
  const say = (what, element) => wrong.push(`${what} with text of ${size} px: ${element.outerHTML.slice(0, 120)}`);
  if (root.scrollWidth > innerWidth) {
    const wide = (each) => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest(".table-box");
    say("wider than the screen", [...document.querySelectorAll("*")].filter(wide).pop() || root);
  }
  const head = document.querySelector(".page-header");
  if (head && head.offsetHeight > innerHeight * 0.4) say("takes the first screen", head);
  return wrong;
}"""
USUAL, TWICE = 16, 32
"""The size of text in pixels that a browser has of its own, and what somebody sets who needs it larger."""

LOOK = """(controls) => {
  const wrong = [];
  const say = (what, element) => wrong.push(`${what}: ${element.outerHTML.slice(0, 120)}`);
  for (const element of document.querySelectorAll(controls)) {
    if (element.disabled || element.tabIndex < 0 || !element.checkVisibility()) continue;
    if (element.tabIndex > 0) say("out of order", element);
    element.focus({ focusVisible: true, preventScroll: true });
    const style = getComputedStyle(element);
    if (document.activeElement !== element) say("out of reach of the keyboard", element);
    else if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) say("focus not to be seen", element);
  }
  return wrong;
}"""

LEFT_OFF = (
    "form, button, .button, .actions, .screen-only, .pager, .wizards, .moment, .messages, .saved-lists, .report-edit, "
    ".report-blanks, summary, .print-only, body:has(.sheet, .report-page) main > h1"
)
"""What a page may keep from paper: what is there to be pressed or filled in or is said to who sits there alone, and the
heading of what has its own."""

SEEN = """(leftOff) => {
  const isText = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim();
  const says = (element) => [...element.childNodes].some(isText);
  const main = document.querySelector("main");
  const seen = main ? [...main.querySelectorAll("*")].filter((each) => says(each) && each.checkVisibility()) : [];
  window.seen = seen.filter((each) => !each.closest(leftOff));
}"""
PAPER = """() => window.seen.flatMap((element) => {
  const wrong = element.checkVisibility() ? [] : ["not on paper"];
  const size = parseFloat(getComputedStyle(element).fontSize);
  const isSmall = size < 11.99 && !element.closest("sup, .visually-hidden, .sheet");
  if (!wrong.length && isSmall) wrong.push(`${size} px on paper`);
  return wrong.map((what) => `${what}: ${element.outerHTML.slice(0, 120)}`);
})"""
"""Whatever is read on the screen stands on paper too, in letters of at least 9 points."""


def hard_to_read(page, good):
    """Return where axe finds text hard to tell from its ground; `good` are looks of text found good before."""
    poor, judged = page.evaluate(CONTRASTS, [sorted(good), CONTRAST])
    good.update([] if poor else judged)
    return poor


COVERED = """(controls) => {
  const shown = [...document.querySelectorAll("header, nav")].flatMap((each) => [...each.querySelectorAll(controls)]);
  const boxes = shown.filter((each) => each.checkVisibility()).map((each) => [each, each.getBoundingClientRect()]);
  const beside = ([one, a], [other, b]) => one === other || one.contains(other) || other.contains(one)
    || a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
  const found = boxes.filter((one) => !boxes.every((other) => beside(one, other)));
  return found.map(([each]) => `covers something: ${each.outerHTML.slice(0, 120)}`);
}"""
"""Nothing in the head of a page lies over anything else there."""


def too_wide(page, tools=None):
    """Return what does not fit a telephone, in the usual size of text and in twice that.

    The size is that of the browser itself, as people set it: whatever a page makes of it stays in proportion.
    `tools` is the session of a test with the browser, where it has one: to close a second one would take the passkeys
    of the first along. To a page without network any session would tell of one: there it is the usual size alone.
    """
    page.set_viewport_size(TELEPHONE)
    if not page.evaluate("navigator.onLine"):
        return page.evaluate(FITS, USUAL)
    browser, found = tools or page.context.new_cdp_session(page), []
    for size in (TWICE, USUAL):
        browser.send("Page.setFontSizes", {"fontSizes": {"standard": size}})
        found += page.evaluate(FITS, size)
    if not tools:
        browser.detach()
    return found


def wrong_with(page, good=None, good_in_the_dark=None, tools=None):
    """Return what axe finds on a page at a desk, what is out of reach or sight on a telephone, and what on paper.

    `good` is the set of looks of text that were found good on pages before; those of this page are added. The other is
    the same of looks in the dark scheme, which is looked at where it is given. For `tools` see `too_wide`.
    """
    page.wait_for_load_state()  # a link may have been pressed just before: nothing is there to be looked at yet
    page.set_viewport_size(DESK)
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    found = hard_to_read(page, set() if good is None else good) + page.evaluate(AXE, EVERYWHERE)
    if good_in_the_dark is not None:
        page.emulate_media(color_scheme="dark")
        found += hard_to_read(page, good_in_the_dark)
        page.emulate_media(color_scheme="light")
    named = [f"{each['id']}: {node['target']} {node['html'][:160]}" for each in found for node in each["nodes"]]
    covered = page.evaluate(COVERED, CONTROLS)
    page.evaluate(SEEN, LEFT_OFF)
    page.emulate_media(media="print")
    lost = page.evaluate(PAPER)
    page.emulate_media(media="screen")
    return named + covered + lost + too_wide(page, tools) + page.evaluate(LOOK, CONTROLS)


def fits(page):
    """Return whether nothing of a page lies beside its screen, as wide as it is now."""
    page.wait_for_load_state()
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")
