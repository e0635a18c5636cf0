/** The editor of YASGUI, in the fork that is maintained. It asks nobody: we send the query, and it knows our terms. */

import Yasqe from "@zazuko/yasqe";
import { undeclared } from "./prefixes";
import "@zazuko/yasqe/build/yasqe.min.css";

export interface Editor {
  text: () => string;
  set: (text: string) => void;
  destroy: () => void;
}

export interface Options {
  label: string;
  text: string;
  /** Terms that are completed. */
  names: string[];
  /** Those that are declared where they are used. */
  prefixes: Record<string, string>;
  onRun: (text: string) => void;
}

const COMPLETER = "isnad";

/** The name at the cursor. The declarations of the package lack those of CodeMirror 5, on which it stands. */
function written(yasqe: Yasqe): string {
  return (yasqe.getCompleteToken() as unknown as { string: string }).string;
}

export function createEditor(host: HTMLElement, options: Options): Editor {
  Yasqe.defaults.prefixCcApi = null;
  if (!Yasqe.Autocompleters[COMPLETER]) {
    Yasqe.registerAutocompleter({
      name: COMPLETER,
      autoShow: true,
      bulk: true,
      isValidCompletionPosition: (yasqe) => written(yasqe).startsWith("isnad:"),
      get: () => Promise.resolve(options.names),
    });
  }
  const run = () => options.onRun(yasqe.getValue());
  const settings: Record<string, unknown> = {
    autocompleters: ["variables", COMPLETER],
    persistenceId: null,
    // The address of the page is the link that can be shared.
    createShareableLink: null,
    consumeShareLink: null,
    showQueryButton: false,
    resizeable: false,
    editorHeight: "auto",
    lineWrapping: true,
    pluginButtons: undefined,
    value: options.text,
    extraKeys: {
      "Ctrl-Enter": run,
      "Cmd-Enter": run,
      // Tab is for the keyboard that leaves, not for spaces.
      Tab: false,
      "Shift-Tab": false,
    },
  };
  const yasqe = new Yasqe(host, settings);
  const declare = () => {
    const missing = undeclared(yasqe.getValue(), options.prefixes);
    if (Object.keys(missing).length > 0) yasqe.addPrefixes(missing);
  };
  declare();
  yasqe.on("change", declare);
  yasqe.getInputField().setAttribute("aria-label", options.label);
  return {
    text: () => yasqe.getValue(),
    set: (text) => {
      yasqe.setValue(text);
      yasqe.focus();
    },
    destroy: () => yasqe.destroy(),
  };
}
