// Storage may be forbidden or full: then a setting lasts as long as the page.
const thisPage = new Map<string, string>();

/** A small setting of this browser. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`parta.${key}`) ?? thisPage.get(key) ?? null;
  } catch {
    return thisPage.get(key) ?? null;
  }
}

export function remember(key: string, value: string): void {
  thisPage.set(key, value);
  try {
    localStorage.setItem(`parta.${key}`, value);
  } catch {
    // see above
  }
}

/** Where the journal keeps entries that have not been sent: asked for on every page before the journal's code is there. */
export const UNSENT = 'parta.journal-queue.';

/** Names of what this browser keeps that begin so. */
export function keysIn(prefix: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}
