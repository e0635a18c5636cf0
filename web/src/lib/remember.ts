/** Choices of this browser. Where it keeps nothing, they last as long as the page. */

export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(`isnad.${name}`);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`isnad.${name}`, value);
  } catch {
    // It is a choice of colours or language.
  }
}
