/** What somebody writes who wants the pages to do what they should not. */

const ISNAD = "https://w3id.org/isnad/ontology#";
const ID = "https://w3id.org/isnad/id/";
const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/** Each is the name of a person of its own. */
export const NAMES: Record<string, string> = {
  script: "<script>window.hacked = 1</script>",
  image: "<img src=x onerror='window.hacked = 2'>",
  bidi: "Evil \u202Egnirts desrever\u202C \u2066isolate",
  long: "Abracadabra ".repeat(834).trim(),
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is to stay text
  template: "${window.hacked = 3} {{constructor.constructor('window.hacked = 4')()}}",
  quote: "\"' onmouseover='window.hacked = 5' x=\"",
  arabic: "ليلى القباني",
};

export function iri(key: string): string {
  return `${ID}person/hostile-${key}`;
}

/** A document that is not what it seems. */
export const DOCUMENT = {
  id: "hostile-document",
  title: "</title><script>window.hacked = 6</script>\u202E",
  publisher: "<b>Publisher</b>",
  url: "javascript:window.hacked=7",
  date: "2024-12-09",
  text: [
    "Karim Zaytun was released from Evin Prison on 3 May 2021, <script>window.hacked = 8</script> said Human Rights Watch.",
    "\u202EKarim Zaytun\u202C was held at Evin Prison. 𝓐stral letters stand before Karim Zaytun, who was arrested in Hama.",
    "x".repeat(10_000),
  ].join("\n\n"),
};

export function hostileDocument(): string {
  return `${JSON.stringify(DOCUMENT)}\n`;
}

/** The names as facts of the default graph, with a document that mentions them. */
export function hostileGraph(): string {
  const lines: string[] = [];
  const literal = (text: string) => JSON.stringify(text);
  const document = `${ID}document/hostile-graph`;
  for (const [key, name] of Object.entries(NAMES)) {
    const node = `<${iri(key)}>`;
    for (const graph of ["", ` <${document}>`]) {
      lines.push(`${node} <${RDF}type> <${ISNAD}Person>${graph} .`);
      lines.push(`${node} <${ISNAD}name> ${literal(name)}${graph} .`);
      lines.push(`${node} <${ISNAD}occupation> ${literal(name)}${graph} .`);
      lines.push(`<${document}> <https://schema.org/mentions> ${node}${graph} .`);
    }
    lines.push(`${node} <http://www.w3.org/2000/01/rdf-schema#label> ${literal(name)} .`);
  }
  for (const graph of ["", ` <${document}>`]) {
    lines.push(`<${document}> <${RDF}type> <${ISNAD}Document>${graph} .`);
    lines.push(`<${document}> <${ISNAD}sourcePath> ${literal("javascript:alert(1)")}${graph} .`);
    lines.push(`<${document}> <https://schema.org/url> ${literal("javascript:alert(1)")}${graph} .`);
  }
  return `${lines.join("\n")}\n`;
}
