/** What the page knows while the hub is away: its own files, and what is said then. Nothing of it is about anybody. */

const SAID = "samtalelapp-away";

let kept = null;

/** Have the page's files kept, where the browser does that: over https, or on the hub's own machine. */
export async function keepThePage() {
  if (!navigator.serviceWorker) return;
  try {
    kept ??= navigator.serviceWorker.register("/worker.js");
    const registration = await kept;
    followNewVersions(registration);
    await registration.update();
  } catch {
    kept = null; // then a reload shows the browser's own page, as without it
  }
}

/** Another version of the files is taken at once, unless somebody is writing. */
function followNewVersions(registration) {
  if (!registration.active || registration.onupdatefound) return;
  registration.onupdatefound = () => {
    const { installing } = registration;
    installing.onstatechange = () => installing.state === "activated" && !isWriting() && location.reload();
  };
}

/** Nobody loses what they write. */
function isWriting() {
  return [...document.querySelectorAll("textarea, input[type=text]")].some(({ value }) => value);
}

/** Remember what the hub wants said while it is away. */
export function remember(said) {
  try {
    if (said) localStorage.setItem(SAID, said);
  } catch {
    // a browser that keeps nothing says what every page knows
  }
}

/** What the hub wanted said when it was last heard, in its languages; null where it never was. */
export function remembered() {
  try {
    return localStorage.getItem(SAID);
  } catch {
    return null;
  }
}
