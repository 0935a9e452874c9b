"""What is wrong with a page in a browser for those who cannot see it, use no mouse, or hold a telephone."""

from axe_playwright_python.sync_playwright import Axe

ONLY_FAULTS = {"resultTypes": ["violations"]}
DESK, TELEPHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]"
LOOK = """(controls) => {
  const wrong = [];
  const say = (what, element) => wrong.push(`${what}: ${element.outerHTML.slice(0, 120)}`);
  if (document.documentElement.scrollWidth > innerWidth) {
    const wide = (each) => each.scrollWidth > innerWidth && !each.closest(".table-box");
    say("wider than the screen", [...document.querySelectorAll("*")].filter(wide).at(-1));
  }
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


def wrong_with(page):
    """Return what axe finds on a page at a desk, and what is out of reach or out of sight on a telephone."""
    page.set_viewport_size(DESK)
    found = Axe().run(page, options=ONLY_FAULTS).response["violations"]
    named = [f"{each['id']}: {node['target']} {node['html'][:160]}" for each in found for node in each["nodes"]]
    page.set_viewport_size(TELEPHONE)
    return named + page.evaluate(LOOK, CONTROLS)
